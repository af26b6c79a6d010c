import { expect, test } from "vitest";
import { decimalCell, floatCell, instantCell, integerCell, jsonCell } from "./cells.ts";
import { readArray } from "./postgres/array.ts";

test.each([
  ["0", 0],
  ["9007199254740991", 9_007_199_254_740_991],
  ["9007199254740992", { big: "9007199254740992" }],
  ["-9223372036854775808", { big: "-9223372036854775808" }],
])("the whole number %s is %j", (text, value) => {
  expect(integerCell(text)).toEqual(value);
});

test.each([
  ["1.50", 1.5],
  ["-0.000123", -0.000123],
  ["123456789012345", 123_456_789_012_345],
  ["1234567890.12345", 1_234_567_890.123_45],
  ["1234567890.123456", "1234567890.123456"],
  ["100000000000000000000", 1e20],
  ["0.1000000000000000055", "0.1000000000000000055"],
  ["NaN", "NaN"],
])("the decimal %s is %j", (text, value) => {
  expect(decimalCell(text)).toEqual(value);
});

test("a number that JSON lacks is text", () => {
  expect([floatCell(Infinity), floatCell(-Infinity), floatCell(Number.NaN), floatCell(-0.5)]).toEqual([
    "Infinity",
    "-Infinity",
    "NaN",
    -0.5,
  ]);
});

test.each([
  ["2026-01-02 03:04:05", "2026-01-02T03:04:05.000Z"],
  ["2026-01-02 03:04:05.678901+00", "2026-01-02T03:04:05.678Z"],
  ["2026-01-02T03:04:05.6Z", "2026-01-02T03:04:05.600Z"],
  ["2026-01-02 03:04", "2026-01-02T03:04:00.000Z"],
])("the instant %s is %s", (text, date) => {
  expect(instantCell(text)).toEqual({ date });
});

test.each(["infinity", "0044-03-15 00:00:00 BC", "0000-00-00 00:00:00", "12026-01-02 03:04:05", "yesterday"])(
  "%s is no instant of ours and stays text",
  (text) => {
    expect(instantCell(text)).toBe(text);
  },
);

test("JSON that cannot be read stays text", () => {
  expect([jsonCell('{"a":1}'), jsonCell("{a}")]).toEqual([{ json: '{"a":1}' }, "{a}"]);
});

test.each([
  ["{}", []],
  ["{1,NULL,-3}", ["1", null, "-3"]],
  ['{"a b","c\\"d","e\\\\f","NULL",""}', ["a b", 'c"d', "e\\f", "NULL", ""]],
  [
    "{{1,2},{3,4}}",
    [
      ["1", "2"],
      ["3", "4"],
    ],
  ],
  ["[0:1]={x,y}", ["x", "y"]],
  ['{"{not}","a,b"}', ["{not}", "a,b"]],
])("PostgreSQL's array %s is read", (text, expected) => {
  expect(readArray(text, (element) => element)).toEqual(expected);
});
