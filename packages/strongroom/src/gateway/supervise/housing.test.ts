import { expect, test } from "vitest";
import { testPool } from "../../../../../tests/running/pool-session.ts";
import { workersOf } from "../../../../../tests/running/processes.ts";

const app = `import { st } from "strongroom";
import { visit } from "./visits.ts";
const name = st.textInput("Name");
st.text(\`visits \${visit(name)}\`);
`;
const visits = `const names = new Set<string>();
export function visit(name: string): string {
  if (name !== "") names.add(name);
  return [...names].join(" and ");
}
`;
const files = { "app.ts": app, "visits.ts": visits };
const name = "textInput:Name";

test("sessions that share a process see what its modules keep", async () => {
  await using pool = await testPool(files);
  const [ada, grace] = [await pool.open(), await pool.open()];
  ada.answer(name, "Ada");
  await ada.shows("visits Ada");
  grace.answer(name, "Grace");
  await grace.shows("visits Ada and Grace");
});

test("with isolation by session each has a process of its own, which ends with it", async () => {
  await using pool = await testPool(files, { runner: { isolation: "session" } });
  const [ada, grace] = [await pool.open(), await pool.open()];
  ada.answer(name, "Ada");
  await ada.shows("visits Ada");
  grace.answer(name, "Grace");
  await grace.shows("visits Grace");
  // Two are lived in, one waits with the app loaded, one is the spare.
  const count = (): number => workersOf(process.pid).length;
  await expect.poll(count).toBe(4);
  ada.placed?.close();
  await expect.poll(count).toBe(3);
  const next = await pool.open();
  next.answer(name, "Alan");
  await next.shows("visits Alan");
  grace.answer(name, "Grace Hopper");
  await grace.shows("visits Grace and Grace Hopper");
});

test("a process of its own that falls takes one session with it, which comes back in another", async () => {
  await using pool = await testPool(files, { runner: { isolation: "session" } });
  const sessions = await Promise.all([pool.open(), pool.open(), pool.open()]);
  for (const pid of workersOf(process.pid)) process.kill(pid, "SIGKILL");
  for (const session of sessions) {
    await session.lostOnce();
    session.answer(name, "Ada");
    await session.shows("visits Ada");
  }
});
