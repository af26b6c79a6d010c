import { expect, test } from "vitest";
import { problemOf } from "./bench.ts";
import { guards } from "./guards.ts";

// `npm run mutations` switches each of them off, and sees its tests fail.
test.each(guards.map((mutation) => [mutation.guard, mutation] as const))(
  "the guard stands where it is looked for, and has tests: %s",
  (_, mutation) => {
    expect(problemOf(mutation)).toBeUndefined();
  },
);

test("each guard has a name of its own", () => {
  expect(new Set(guards.map(({ guard }) => guard)).size).toBe(guards.length);
});
