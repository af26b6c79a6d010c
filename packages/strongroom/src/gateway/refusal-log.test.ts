import { expect, test } from "vitest";
import { RefusalLog } from "./refusal-log.ts";

test("refusals are written down, and a flood of them only counted", () => {
  const clock = { now: 0 };
  const lines: object[] = [];
  const refusals = new RefusalLog(
    { info: (line: object) => void lines.push(line) } as never,
    () => clock.now,
  );
  for (let at = 0; at < 10_000; at++)
    refusals.add({
      why: "This host is not served here.",
      from: "10.0.0.1",
      port: 1,
      status: 421,
      method: "GET",
    });
  expect(lines).toHaveLength(50);
  expect(lines[0]).toEqual({
    event: "refused",
    why: "This host is not served here.",
    from: "10.0.0.1",
    status: 421,
    method: "GET",
  });
  clock.now = 1_000;
  refusals.add({ why: "x", from: undefined, port: 2 });
  expect(lines.at(-1)).toMatchObject({ unsaid: 9_950 });
});
