import { expect, test } from "vitest";
import { ExtraWorkers } from "./extra-workers.ts";

test("one more starts at once, then not for a while, and never for more than twice the workers", () => {
  const extra = new ExtraWorkers();
  expect(extra.take(2, 0)).toBe(false);
  expect(extra.take(1, 0)).toBe(true);
  expect(extra.take(1.5, 2_999)).toBe(false);
  expect(extra.take(1.5, 3_000)).toBe(true);
});

test("when a worker has fallen, one more starts at once again", () => {
  const extra = new ExtraWorkers();
  extra.take(1, 0);
  extra.oneFell();
  expect(extra.take(1, 1)).toBe(true);
});
