import { expect, test } from "vitest";
import { testPool } from "../../../../../tests/running/pool-session.ts";

const page = (word: string): string => `import { st } from "strongroom";
import { helper } from "./helper.ts";
const level = st.slider("Level", { minValue: 0, maxValue: 99 });
st.text(\`${word} \${level} \${helper}\`);
if (st.button("Wait")) {
  st.text("begins to wait");
  await new Promise((resolve) => setTimeout(resolve, 400));
  st.sessionState["waited"] = "waited to the end";
}
st.text(String(st.sessionState["waited"] ?? "has not waited"));
`;
const files = { "app.ts": page("first"), "helper.ts": "export const helper = 1;\n" };

test("a save becomes the page, and the session keeps its answers", async () => {
  await using app = await testPool(files, { editing: true });
  const session = await app.open();
  session.answer("slider:Level", 7);
  await session.until(() => session.committed === 1);
  app.save({ "app.ts": page("second") });
  await session.shows("second 7 1");
  expect(session.losses).toEqual([{ why: "reload", offender: false, place: undefined }]);
});

test("a run that goes on as the page is saved ends first", async () => {
  await using app = await testPool(files, { editing: true });
  const session = await app.open();
  session.press("Wait");
  await session.shows("begins to wait");
  app.save({ "app.ts": page("second") });
  await session.shows("second 0 1");
  await session.shows("waited to the end");
});

test("what does not compile is told with its place, and the page stays as it was", async () => {
  await using app = await testPool(files, { editing: true });
  const session = await app.open();
  const problems: (string | undefined)[] = [];
  app.pool.onProblem((problem) => problems.push(problem));
  app.save({ "app.ts": "const = 1;\n" });
  await expect.poll(() => app.pool.problem).toContain("app.ts:1");
  session.answer("slider:Level", 3);
  await session.shows("first 3 1");
  app.save({ "app.ts": page("third") });
  await session.shows("third 3 1");
  expect(app.pool.problem).toBeUndefined();
  expect(problems.at(-1)).toBeUndefined();
});

test.each([
  ['throw new Error("as it loads");\nexport const helper = 1;\n', ["as it loads", "helper.ts:1"]],
  ["process.exit(4);\nexport const helper = 1;\n", ["exit code 4"]],
  ["for (;;);\nexport const helper = 1;\n", ["more than 2 s", "helper.ts:1"]],
])("what does not load is told, and the page stays as it was (%#)", async (helper, parts) => {
  await using app = await testPool(files, { editing: true, runner: { maxBlockSeconds: 2 } });
  const session = await app.open();
  app.save({ "helper.ts": helper });
  await expect.poll(() => app.pool.problem).toBeDefined();
  for (const part of parts) expect(app.pool.problem).toContain(part);
  session.answer("slider:Level", 3);
  await session.shows("first 3 1");
  app.save({ "helper.ts": "export const helper = 2;\n" });
  await session.shows("first 3 2");
  expect(app.pool.problem).toBeUndefined();
});

test("an app that does not compile at the start: sessions wait, and the first good save serves them", async () => {
  await using app = await testPool({ ...files, "app.ts": "const = 1;\n" }, { editing: true });
  expect(app.pool.problem).toContain("app.ts:1");
  const opened = app.open();
  app.save(files);
  await (await opened).shows("first 0 1");
});

test("who waits as the pool stops is told that it is closed", async () => {
  await using app = await testPool({ "app.ts": "const = 1;\n" });
  const opened = app.open();
  const refused = expect(opened).rejects.toMatchObject({ code: "ERR_POOL_CLOSED" });
  await app.pool.stop();
  await refused;
});

test.each(["auto", "none"] as const)(
  "a file that is added beside the script can be read: sandbox %s",
  async (sandbox) => {
    const reads = `import { st } from "strongroom";
import { existsSync, readFileSync } from "node:fs";
st.text(process.permission.has("fs.read", "data.txt") && existsSync("data.txt") ? readFileSync("data.txt", "utf8") : "nothing yet");
`;
    await using app = await testPool({ "app.ts": reads }, { editing: true, runner: { sandbox } });
    const session = await app.open();
    await session.shows("nothing yet");
    app.save({ "data.txt": "what was added" });
    await session.shows("what was added");
  },
);
