import { expect, test } from "vitest";
import { TokenBucket } from "./token-bucket.ts";

test("a bucket lets a burst through, then its rate", () => {
  const bucket = new TokenBucket(10, 5, 0);
  expect([1, 2, 3, 4, 5, 6].map(() => bucket.take(0))).toEqual([true, true, true, true, true, false]);
  expect(bucket.take(99)).toBe(false);
  expect(bucket.take(100)).toBe(true);
  expect(bucket.take(100)).toBe(false);
});

test("a bucket never holds more than its burst", () => {
  const bucket = new TokenBucket(10, 2, 0);
  expect(bucket.isFull(1_000_000)).toBe(true);
  expect([1, 2, 3].map(() => bucket.take(1_000_000))).toEqual([true, true, false]);
});

test("what costs more than the burst waits for all of it", () => {
  const bucket = new TokenBucket(10, 5, 0);
  expect(bucket.take(0, 1_000)).toBe(true);
  expect(bucket.take(400, 1_000)).toBe(false);
  expect(bucket.take(500, 1_000)).toBe(true);
});

test("a clock that is set back takes nothing away", () => {
  const bucket = new TokenBucket(10, 2, 1_000);
  expect(bucket.take(0)).toBe(true);
  expect(bucket.take(0)).toBe(true);
  expect(bucket.take(100)).toBe(true);
});
