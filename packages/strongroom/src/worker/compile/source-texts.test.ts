import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { testPool } from "../../../../../tests/running/pool-session.ts";
import { sourceTextsOf } from "../app.ts";
import { textName } from "../text-name.ts";
import { mayHoldStatements, sourceTexts } from "./source-texts.ts";
import { parseModule } from "./syntax-tree.ts";

const named = (code: string): readonly string[] => sourceTexts(parseModule(code));

test.each([
  ["in quotes", `const q = "select name from orders";`],
  ["in a template", "const q = `select name from orders`;"],
  ["added up", `const q = "select name " + ("from" + " orders");`],
  ["among others", `export default { all: 'select name from orders' };`],
])("a text of the source is known: %s", (_, code) => {
  expect(mayHoldStatements(code)).toBe(true);
  expect(named(code)).toContain(textName("select name from orders"));
});

test("a text with values in it is not, nor is a single word, nor a piece", () => {
  expect(named("const q = `select ${name} from orders`; f('orders')")).toEqual([]);
  expect(named(`const q = "select name " + "from orders";`)).toEqual([textName("select name from orders")]);
});

test("what cannot be read knows of no text", () => {
  const folder = mkdtempSync(join(tmpdir(), "strongroom-texts-"));
  expect(sourceTextsOf(join(folder, "app.mjs"))("select 1 as one")).toBe(false);
  mkdirSync(join(folder, "b"));
  writeFileSync(join(folder, "b", "texts.json"), "{");
  expect(sourceTextsOf(join(folder, "b", "app.mjs"))("select 1 as one")).toBe(false);
  rmSync(folder, { recursive: true });
});

const app = `import { st } from "strongroom";
import { queries } from "./queries.ts";
const name = st.textInput("Name");
const kind = st.radio("Kind", ["orders", "parts"]);
const own = queries[kind];
const glued = ["select ", name].reduce((all, one) => all + one);
for (const text of name === "" ? [] : [own, glued])
  try {
    await st.connection("nowhere").query<object>(text, { params: {} });
  } catch (error) {
    st.text(\`said \${(error as { code: string }).code}\`);
  }
`;
const queries = `export const queries: Record<string, string> = {
  orders: "select name from orders",
  parts: "select name from parts",
};
`;

test("a text that another module lists is asked, whatever its viewer has typed; a glued one is not", async () => {
  await using pool = await testPool({ "app.ts": app, "queries.ts": queries });
  const session = await pool.open();
  session.answer("textInput:Name", "orders");
  await session.shows('ERR_QUERY"');
  // The broker is asked for the first, and knows of no such connection.
  expect(session.said.join("").match(/said ERR_\w+/g)).toEqual([
    "said ERR_CONNECTION_UNKNOWN",
    "said ERR_QUERY",
  ]);
});
