import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openPage } from "../testing/open-page.ts";
import { st } from "../st.ts";
import { errorText, throwing, withoutOurs } from "./thrown.ts";

const ours = new URL("./run.ts", import.meta.url).pathname;

test("the author's lines stand first, without ours and Node's", () => {
  const stack = `Error: no\n    at show (${ours}:1:1)\n    at load (/app/orders.ts:7:9)\n    at /app/node_modules/strongroom/dist/worker/run.js:1:2\n    at node:internal/process:1:1\n    at pg (/app/node_modules/pg/index.js:3:4)`;
  expect(withoutOurs(stack)).toBe(
    "Error: no\n    at load (/app/orders.ts:7:9)\n    at pg (/app/node_modules/pg/index.js:3:4)",
  );
});

test.each([
  ["st.nope();", "st2.nope is not a function", "st.nope is not a function"],
  ["st2.nope(st);", "st2.nope is not a function", "st2.nope is not a function"],
  ["x.map(1);", "Cannot read properties of undefined (reading 'at2')", "reading 'at2'"],
])("a name that the bundler has numbered is told as %j has it", async (line, said, told) => {
  const folder = mkdtempSync(join(tmpdir(), "thrown-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "two.ts");
  writeFileSync(file, `\n${line}\n`);
  const error = new TypeError(said);
  error.stack = `TypeError: ${said}\n    at show (${ours}:1:1)\n    at run (${file}:2:4)`;
  expect(errorText(error)).toContain(told);
  const script = (): never => {
    throw error;
  };
  await using page = await openPage(script, { appFolder: folder });
  expect(page.find("exception").props["message"]).toContain(told);
});

test("a stack of ours alone stays whole", () => {
  const stack = `Error: no\n    at show (${ours}:1:1)`;
  expect(withoutOurs(stack)).toBe(stack);
});

test("an error is told with what caused it, as often as that goes", () => {
  const error = new Error("the report failed", { cause: new TypeError("no rows") });
  expect(errorText(error)).toMatch(/the report failed[^]*\ncaused by TypeError: no rows/);
  const loop = new Error("round");
  loop.cause = loop;
  expect(errorText(loop).length).toBeLessThan(20_000);
});

test.each([
  ["text", "Thrown string: text"],
  [{ code: 7 }, "Thrown object: { code: 7 }"],
  [[1, 2], "Thrown list: [ 1, 2 ]"],
  [undefined, "Thrown undefined: "],
  [null, "Thrown null: "],
])("the log says of %j what it is", (value, text) => {
  expect(errorText(value)).toContain(text);
  expect(errorText(value)).toContain("throw an Error");
});

test("nothing of a thrown value is called", () => {
  const value = {
    get bad(): never {
      throw new Error("called");
    },
    [Symbol.for("nodejs.util.inspect.custom")]: () => "called",
  };
  expect(errorText(value)).not.toContain("called");
});

test.each([
  [
    "a text",
    (): never => {
      throw throwing("the stock is empty");
    },
    "the stock is empty",
  ],
  [
    "an object",
    (): never => {
      throw throwing({ code: 404 });
    },
    "{ code: 404 }",
  ],
])("a page shows what was thrown and where: %s", async (_, script, message) => {
  await using page = await openPage(script, {
    appFolder: new URL(".", import.meta.url).pathname.slice(0, -1),
  });
  const { props } = page.find("exception");
  expect(props["message"]).toBe(message);
  expect(JSON.stringify(props["frames"])).toContain("thrown.test.ts");
});

test("a rejection with a text says that its place is not known", async () => {
  await using page = await openPage(async () => {
    st.text("before");
    await Promise.reject("no such order" as unknown as Error);
  });
  const { props } = page.find("exception");
  expect(props["message"]).toMatch(/^no such order\n\n.*`throw new Error\(…\)`/);
});
