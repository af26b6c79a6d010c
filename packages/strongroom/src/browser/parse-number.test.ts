import { expect, test } from "vitest";
import { parseNumber, sum } from "./parse-number.ts";

test("reads numbers as the viewer's language writes them", () => {
  expect(parseNumber("1,440", "en")).toBe(1_440);
  expect(parseNumber("1,234,567.5", "en")).toBe(1_234_567.5);
  expect(parseNumber("1.440,5", "de")).toBe(1_440.5);
  expect(parseNumber("1 234,5", "fr")).toBe(1_234.5);
  expect(parseNumber("1’234.5", "de-CH")).toBe(1_234.5);
});

test("reads a point or a comma between digits that are no group", () => {
  expect(parseNumber("1.5", "de")).toBe(1.5);
  expect(parseNumber("1,5", "en")).toBe(1.5);
  expect(parseNumber("0.25", "fr")).toBe(0.25);
  expect(parseNumber("1,234", "fr")).toBe(1.234);
});

test("reads signs, exponents, and points without digits", () => {
  expect(parseNumber(" −3 ", "en")).toBe(-3);
  expect(parseNumber("+2e3", "en")).toBe(2_000);
  expect(parseNumber(".5", "en")).toBe(0.5);
  expect(parseNumber("5.", "en")).toBe(5);
});

test("reads nothing into what is not a number", () => {
  for (const text of ["", "-", ".", "12a", "1,2,3", "1.2.3", "0x10", "Infinity", "1e999", "--1", "e5"]) {
    expect(parseNumber(text, "en")).toBeUndefined();
  }
});

test("adds without the dust of binary fractions", () => {
  expect(sum(0.1, 0.2)).toBe(0.3);
  expect(sum(1e-7, 2e-7)).toBe(3e-7);
  expect(sum(5, -1)).toBe(4);
});
