import { expect, test } from "vitest";
import { offenderOf } from "./offender.ts";

const nobody = { session: 0, count: 0 };

test("the session whose turn it is and whose run began is the offender", () => {
  const turn = { session: 3, begunBefore: undefined };
  expect(offenderOf({ turn, begun: { session: 3, count: 8 }, running: new Set() })).toBe(3);
});

test("a turn that waits behind the only run that goes on is not to blame", () => {
  const turn = { session: 3, begunBefore: 8 };
  expect(offenderOf({ turn, begun: { session: 2, count: 8 }, running: new Set([2]) })).toBe(2);
  expect(offenderOf({ turn, begun: { session: 3, count: 8 }, running: new Set([2]) })).toBe(2);
});

test("a turn that began beside other runs is to blame", () => {
  const turn = { session: 3, begunBefore: 8 };
  expect(offenderOf({ turn, begun: { session: 3, count: 9 }, running: new Set([1, 2]) })).toBe(3);
});

test("nobody is blamed where it cannot be told", () => {
  const turn = { session: 3, begunBefore: 8 };
  expect(offenderOf({ turn, begun: { session: 2, count: 8 }, running: new Set([1, 2]) })).toBeUndefined();
  expect(offenderOf({ turn: undefined, begun: nobody, running: new Set() })).toBeUndefined();
  expect(offenderOf({ turn: undefined, begun: nobody, running: new Set([1, 2]) })).toBeUndefined();
});

test("without a turn the only run that goes on is the cause", () => {
  expect(offenderOf({ turn: undefined, begun: { session: 9, count: 4 }, running: new Set([5]) })).toBe(5);
});
