import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { optionsFor, PoolSession, testPool } from "../../../../../tests/running/pool-session.ts";
import { startPool } from "../supervise/pool.ts";

const app = `import { st } from "strongroom";
const slow = st.cacheData(async (id: number) => {
  await new Promise((resolve) => setTimeout(resolve, 300));
  return { id, by: Math.random() };
});
const mine = st.cacheData(async () => Math.random(), { scope: "viewer" });
const kept = st.cacheData(async () => Math.random(), { persist: "disk" });
const level = st.slider("Level", { minValue: 0, maxValue: 99 });
st.text(\`level \${level}\`);
if (st.button("Clear")) slow.clear();
const { by } = await slow(1);
st.text(\`slow \${by}\`);
st.text(\`mine \${await mine()}\`);
st.text(\`kept \${await kept()}\`);
`;

/** What pages have said last for a name. */
function said(session: { readonly said: readonly string[] }, name: string): string | undefined {
  return [...session.said.join("\n").matchAll(new RegExp(`${name} (0\\.\\d+)`, "g"))].at(-1)?.[1];
}

test("pages in several workers wait for one computation; a viewer's values are the viewer's", async () => {
  await using pool = await testPool({ "app.ts": app }, { runner: { workers: 2 } });
  const ann = "a".repeat(43);
  const sessions = await Promise.all([
    pool.open(ann),
    pool.open(ann),
    pool.open("b".repeat(43)),
    pool.open("c".repeat(43)),
  ]);
  for (const session of sessions) await session.shows("kept 0.");
  expect(new Set(sessions.map((session) => said(session, "slow"))).size).toBe(1);
  expect(new Set(sessions.map((session) => said(session, "kept"))).size).toBe(1);
  expect(said(sessions[0], "mine")).toBe(said(sessions[1], "mine"));
  expect(new Set(sessions.map((session) => said(session, "mine"))).size).toBe(3);
  const before = said(sessions[0], "slow");
  sessions[0].press("Clear");
  await sessions[0].until(() => said(sessions[0], "slow") !== before);
  sessions[3].answer("slider:Level", 1);
  await sessions[3].until(() => said(sessions[3], "slow") === said(sessions[0], "slow"));
});

const persisted = `import { st } from "strongroom";
const load = st.cacheData(async () => Math.random(), { persist: "disk" });
st.text(\`load \${await load()}\`);
`;

test("a value on disk is there after the server was started again, unless the secrets are others", async () => {
  const folder = mkdtempSync(join(tmpdir(), "strongroom-kept-"));
  try {
    writeFileSync(join(folder, "app.ts"), persisted);
    const values: (string | undefined)[] = [];
    for (const key of ["one", "one", "other", "one"]) {
      const pool = await startPool(optionsFor(folder, { secrets: { key } }, []));
      const session = new PoolSession(pool);
      await session.begin();
      await session.shows("load 0.");
      values.push(said(session, "load"));
      await pool.stop();
    }
    expect(values[1]).toBe(values[0]);
    expect(values[2]).not.toBe(values[0]);
    expect(values[3]).toBe(values[0]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

const saved = (title: string, factor: number): string => `import { st } from "strongroom";
st.title("${title}");
const load = st.cacheData(async () => ${factor} * Math.random());
st.text(\`load \${await load()}\`);
st.text("${title}");
`;

test("a save leaves values whose functions did not change", async () => {
  await using pool = await testPool({ "app.ts": saved("first", 1) }, { editing: true });
  const session = await pool.open();
  await session.shows("first");
  const value = said(session, "load");
  pool.save({ "app.ts": `// A line above.\n${saved("second", 1)}` });
  await session.shows("second");
  expect(said(session, "load")).toBe(value);
  pool.save({ "app.ts": saved("third", 0.5) });
  await session.shows("third");
  expect(said(session, "load")).not.toBe(value);
});

const holding = (title: string): string => `import { st } from "strongroom";
const client = st.cacheResource(async () => ({ name: "client" }), {
  onRelease: async ({ name }) => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    console.log(\`closed \${name}\`);
  },
});
await client();
st.text("${title}");
`;

test("a worker that a new version replaces closes what it holds before it ends", async () => {
  await using pool = await testPool({ "app.ts": holding("first") }, { editing: true });
  const session = await pool.open();
  await session.shows("first");
  pool.save({ "app.ts": holding("second") });
  await session.shows("second");
  await expect.poll(() => pool.log.join("").includes("closed client")).toBe(true);
});

const hanging = `import { st } from "strongroom";
import { worker } from "./worker.ts";
const load = st.cacheData(async () => {
  if (worker().hangs()) await new Promise(() => {});
  return \`made in \${worker().id}\`;
});
st.text(\`here \${worker().id}\`);
if (st.button("Hang")) {
  worker().hang();
  st.text("hangs");
  await load();
}
if (st.button("Load")) {
  st.text("waits");
  st.text(await load());
}
if (st.button("Exit")) process.exit(3);
`;
const helper = `import { st } from "strongroom";
export const worker = st.cacheResource(() => {
  let hangs = false;
  return { id: Math.random(), hangs: () => hangs, hang: () => void (hangs = true) };
});
`;

test("a worker that dies while it computes: one who waits in another takes over", async () => {
  await using pool = await testPool({ "app.ts": hanging, "worker.ts": helper }, { runner: { workers: 2 } });
  const sessions: { id: string; session: PoolSession }[] = [];
  // Until both workers have somebody.
  while (new Set(sessions.map(({ id }) => id)).size < 2) {
    const session = await pool.open();
    await session.shows("here 0.");
    sessions.push({ session, id: said(session, "here") ?? "" });
  }
  const [first] = sessions;
  const other = sessions.find(({ id }) => id !== first?.id);
  if (first === undefined || other === undefined) throw new Error("Two workers were expected.");
  first.session.press("Hang");
  await first.session.shows("hangs");
  other.session.press("Load");
  await other.session.shows("waits");
  first.session.press("Exit");
  await other.session.shows(`made in ${other.id}`);
});
