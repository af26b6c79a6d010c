import { expect, test } from "vitest";
import { Backoff } from "./backoff.ts";

test("the first failure costs no wait, more of them cost ever more, up to a limit", () => {
  const backoff = new Backoff();
  expect([1, 2, 3, 4].map(() => backoff.failed())).toEqual([0, 100, 200, 400]);
  for (let times = 0; times < 20; times++) backoff.failed();
  expect(backoff.failed()).toBe(10_000);
});

test("after a good start a failure is a first one", () => {
  const backoff = new Backoff();
  backoff.failed();
  backoff.failed();
  backoff.succeeded();
  expect(backoff.failed()).toBe(0);
});
