import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { optionsFor, testPool } from "../../../../../tests/running/pool-session.ts";
import { treeOf, workersOf } from "../../../../../tests/running/processes.ts";
import { launchPool } from "./pool.ts";

const counter = `import { st } from "strongroom";
const level = st.slider("Level", { minValue: 0, maxValue: 99 });
st.sessionState["kept"] ??= "kept";
st.text(\`level \${level} \${String(st.sessionState["kept"])}\`);
function spin(): void {
  for (;;);
}
if (st.button("Loop")) spin();
if (st.button("Later")) {
  await new Promise((resolve) => setTimeout(resolve, 50));
  spin();
}
if (st.button("Slow")) for (const end = Date.now() + 2_000; Date.now() < end; );
if (st.button("Buffers")) {
  const kept: Buffer[] = [];
  for (;;) kept.push(Buffer.alloc(1_000_000, 1));
}
if (st.button("Heap")) {
  const kept: unknown[] = [];
  for (;;) kept.push({ kept: [kept.length] });
}
if (st.button("Exit")) process.exit(3);
console.log("line of the author");
`;
const slider = "slider:Level";

test("a page runs, is answered, and what the author logs is in the log", async () => {
  await using app = await testPool({ "app.ts": counter });
  expect(app.pool.pages).toEqual([{ path: "", title: expect.any(String), icon: "" }]);
  const session = await app.open();
  session.answer(slider, 7);
  await session.shows("level 7 kept");
  await session.until(() => session.committed === 1);
  expect(app.log.join("")).toContain("line of the author");
});

test("a killed worker: each session is there again from its last commit, and nobody is blamed", async () => {
  await using app = await testPool({ "app.ts": counter });
  const sessions = [await app.open(), await app.open()];
  for (const [index, session] of sessions.entries()) session.answer(slider, 10 + index);
  for (const session of sessions) await session.until(() => session.committed === 1);
  process.kill(workersOf(process.pid)[0] ?? 0, "SIGKILL");
  for (const [index, session] of sessions.entries()) {
    expect(await session.lostOnce()).toEqual({ why: "crashed", offender: false, place: undefined });
    await session.shows(`level ${10 + index} kept`);
  }
});

test("a worker that is told to exit by a page: its session is to blame, the others are not", async () => {
  await using app = await testPool({ "app.ts": counter });
  const [offender, other] = [await app.open(), await app.open()];
  offender.press("Exit");
  expect(await offender.lostOnce()).toEqual({ why: "crashed", offender: true, place: undefined });
  expect(await other.lostOnce()).toMatchObject({ why: "crashed", offender: false });
  await other.shows("level 0 kept");
  const line = app.log.find((text) => text.includes("a worker ended by itself")) ?? "{}";
  expect(JSON.parse(line)).toMatchObject({ worker: expect.any(Number), code: 3, signal: null });
});

test.each([
  ["Loop", "blocked", "app.ts:6"],
  ["Later", "blocked", "app.ts:6"],
  ["Buffers", "memory", "app.ts:16"],
  ["Heap", "memory", "app.ts:20"],
])(
  "%s: the offender reads why and where, a neighbour goes on meanwhile",
  { timeout: 120_000 },
  async (button, why, place) => {
    // Filling its memory blocks a worker too: only one of the limits may be within reach.
    const runner = { maxBlockSeconds: why === "memory" ? 100 : 2 };
    await using app = await testPool({ "app.ts": counter }, { runner });
    const [offender, neighbour] = [await app.open(), await app.open()];
    offender.press(button);
    await setTimeout(100);
    // One question may be in the worker's hands by the time that it blocks; the next are not.
    for (let level = 1; offender.losses.length === 0; level++) {
      neighbour.answer(slider, level);
      await neighbour.until(
        () => neighbour.said.some((text) => text.includes(`level ${level} `)) || neighbour.losses.length > 0,
      );
      await setTimeout(20);
    }
    expect(offender.losses[0]).toEqual({ why, offender: true, place });
    for (const loss of neighbour.losses) expect(loss.offender).toBe(false);
    offender.answer(slider, 5);
    await offender.shows("level 5 kept");
  },
);

test("who waits 20 ms behind another's run moves; what waited was never handed over", async () => {
  await using app = await testPool({ "app.ts": counter });
  const [slow, other] = [await app.open(), await app.open()];
  await expect.poll(() => workersOf(process.pid).length).toBe(2);
  slow.press("Slow");
  const before = other.placed;
  const n = other.answer(slider, 3);
  expect(await other.lostOnce()).toEqual({ why: "moved", offender: false, place: undefined });
  expect(before?.sent).toBe(n - 1);
  await slow.until(() => slow.committed === 1);
  expect(slow.losses).toEqual([]);
});

test("the spare takes over, and another spare is started", async () => {
  await using app = await testPool({ "app.ts": counter });
  const session = await app.open();
  for (let times = 0; times < 3; times++) {
    const before = session.losses.length;
    // Where both have done as little, the spare may be struck first: then another one stands there.
    while (session.losses.length === before) {
      await expect.poll(() => workersOf(process.pid).length).toBe(2);
      process.kill(workersOf(process.pid)[0] ?? 0, "SIGKILL");
      await setTimeout(500);
    }
    await session.shows("level 0 kept");
  }
});

test("whenever it is stopped while it begins, nothing of it goes on", async () => {
  const folder = mkdtempSync(join(tmpdir(), "strongroom-pool-"));
  writeFileSync(join(folder, "app.ts"), counter);
  const ticking = (): number => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;
  const sometime = async (ms: number, { signal }: AbortController): Promise<void> => {
    while (workersOf(process.pid).length === 0) await setTimeout(5, undefined, { signal });
    await setTimeout(ms, undefined, { signal });
  };
  const before = { ticking: ticking(), processes: treeOf(process.pid).length };
  try {
    for (let times = 0; times < 6; times++) {
      const { pool, begin } = launchPool(optionsFor(folder, { editing: true }, []));
      const begun = begin().catch(() => undefined); // it was stopped
      const waiting = new AbortController();
      const later = sometime(times * 20, waiting).catch(() => undefined); // it has begun before
      await Promise.race([begun, later]);
      waiting.abort();
      await later;
      await pool.stop();
      await begun;
    }
    await expect.poll(() => treeOf(process.pid).length).toBeLessThanOrEqual(before.processes);
    expect(ticking()).toBeLessThanOrEqual(before.ticking);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
