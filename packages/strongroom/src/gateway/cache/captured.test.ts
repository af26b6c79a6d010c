import { expect, test } from "vitest";
import { testPool } from "../../../../../tests/running/pool-session.ts";

const ui = `import { st } from "strongroom";
export const askWho = () => st.textInput("Who");
`;

const app = `import { st } from "strongroom";
import { askWho } from "./ui.ts";
const who = askWho();
const filters: Record<string, string> = {};
filters.region = who;
const log: string[] = [], map = new Map<string, string>(), o: { who?: string } = {};
log.push(who); map.set("w", who); o.who = who;
const s = st;
const other = s.textInput("Other");
const helper = () => filters.region;
const wait = () => new Promise((resolve) => setTimeout(resolve, 20));
const cached = {
  a: st.cacheData(async () => "hello " + who),
  b: st.cacheData(async () => filters.region),
  c: st.cacheData(async () => [log[0], map.get("w"), o.who].join()),
  e: st.cacheData(async (id: number) => id + who, { key: (id) => id }),
  f: st.cacheData(async () => "hello " + other),
  g: st.cacheData(async () => helper()),
  h: st.cacheData(() => "sync " + who),
  i: st.cacheResource(async () => ({ who })),
};
const made = [
  await cached.a(), await cached.b(), await cached.c(), await cached.e(1), await cached.f(), await cached.g(), cached.h(),
  (await cached.i()).who,
];
st.text(\`made \${made.join(" | ")}.\`);
const kind = ["cacheData"][0] as "cacheData";
try {
  st.text(\`named \${await st[kind](async () => "hello " + who)()}.\`);
} catch (error) {
  st.text(String(error));
}
let late = "nobody";
const slow = st.cacheData(async () => { await wait(); return late; });
const making = slow();
late = who;
st.text(\`late \${await making}.\`);
`;

const expected = (who: string, other: string): string =>
  `made hello ${who} | ${who} | ${who},${who},${who} | 1${who} | hello ${other} | ${who} | sync ${who} | ${who}.`;

test("what a cached function reads from around it names its value: no viewer gets another's", async () => {
  await using pool = await testPool({ "app.ts": app, "ui.ts": ui }, { runner: { workers: 1 } });
  const [alice, bob] = await Promise.all([pool.open("a".repeat(43)), pool.open("b".repeat(43))]);
  for (const session of [alice, bob]) await session.shows(expected("", ""));
  alice.answer("textInput:Other", "alices");
  alice.answer("textInput:Who", "alice");
  await alice.shows(expected("alice", "alices"));
  await alice.shows("late nobody.");
  bob.answer("textInput:Who", "bob");
  await bob.shows(expected("bob", ""));
  expect(bob.said.join("\n")).not.toContain("alice");
  await bob.shows("late nobody.");
  await bob.shows("st.cacheData was called by another name");
});

const shared = {
  "ui.ts": `export let current = "";
export const setCurrent = (to: string): void => void (current = to);
export const box: { who?: string } = {};
`,
  "app.ts": `import { st } from "strongroom";
import { box, current, setCurrent } from "./ui.ts";
const who = st.textInput("Who");
`,
};

test.each([
  ["current", `setCurrent(who);\nst.text(await st.cacheData(async () => "hello " + current)());\n`],
  ["box", `box.who = who;\nst.text(await st.cacheData(async () => "hello " + box.who)());\n`],
  [
    "globalThis",
    `globalThis.x = who;\nst.text(await st.cacheData(async () => "hello " + globalThis.x)());\n`,
  ],
])("an app whose cached function reads `%s`, which viewers change, has no page", async (name, code) => {
  const app = { ...shared, "app.ts": `${shared["app.ts"]}${code}` };
  await using pool = await testPool(app, { runner: { workers: 1 } });
  expect(pool.pool.problem).toContain(`\`${name}\``);
  expect(pool.pool.problem).toContain("shared by all viewers and changed while the app runs");
});
