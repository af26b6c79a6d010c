import { describe, expect, test } from "vitest";
import { isUnchanged, readRange } from "./byte-range.ts";

const part = (from: number, to: number) => ({ kind: "part", from, to });
const whole = { kind: "whole" };
const unsatisfiable = { kind: "unsatisfiable" };

describe("a range of 10 bytes", () => {
  test.each([
    ["bytes=0-4", part(0, 4)],
    ["bytes=0-", part(0, 9)],
    ["bytes=9-9", part(9, 9)],
    ["bytes=5-100", part(5, 9)],
    ["bytes=-3", part(7, 9)],
    ["bytes=-100", part(0, 9)],
    ["bytes=10-", unsatisfiable],
    ["bytes=10-20", unsatisfiable],
    ["bytes=-0", unsatisfiable],
    ["bytes=5-4", whole],
    ["bytes=0-1,3-4", whole],
    [`bytes=${Array.from({ length: 500 }, (_, at) => `${at}-${at}`).join(",")}`, whole],
    ["bytes=", whole],
    ["bytes=-", whole],
    ["bytes=a-b", whole],
    ["bytes= 0-4", whole],
    ["bytes=0-4 ", whole],
    ["bytes=-1-4", whole],
    ["bytes=0x0-4", whole],
    ["bytes=1e3-", whole],
    ["items=0-4", whole],
    ["bytes=99999999999999999999-", whole],
    ["bytes=0-99999999999999999999", whole],
    [undefined, whole],
  ])("%s", (header, expected) => {
    expect(readRange(header, 10)).toEqual(expected);
  });

  test("nothing is left of nothing", () => {
    expect(readRange("bytes=0-", 0)).toEqual(unsatisfiable);
    expect(readRange("bytes=-1", 0)).toEqual(unsatisfiable);
    expect(readRange(undefined, 0)).toEqual(whole);
  });
});

test.each([
  ['"a"', true],
  ['W/"a"', true],
  ['"b", "a"', true],
  ["*", true],
  ['"b"', false],
  ["a", false],
  ["", false],
  [undefined, false],
])("If-None-Match %s", (header, expected) => {
  expect(isUnchanged(header, '"a"')).toBe(expected);
});
