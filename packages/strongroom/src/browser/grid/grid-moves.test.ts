import { expect, test } from "vitest";
import { blockOf, isWithin, moved } from "./grid-moves.ts";

const size = { rows: 100, columns: 4, page: 9 };
const key = (name: string, ctrlKey = false): Parameters<typeof moved>[1] => ({
  key: name,
  ctrlKey,
  metaKey: false,
});

test.each([
  ["ArrowDown", { row: 6, column: 2 }],
  ["ArrowUp", { row: 4, column: 2 }],
  ["ArrowLeft", { row: 5, column: 1 }],
  ["ArrowRight", { row: 5, column: 3 }],
  ["Home", { row: 5, column: 0 }],
  ["End", { row: 5, column: 3 }],
  ["PageDown", { row: 14, column: 2 }],
  ["PageUp", { row: 0, column: 2 }],
] as const)("%s leads on", (name, to) => {
  expect(moved({ row: 5, column: 2 }, key(name), size)).toEqual(to);
});

test("with Ctrl it leads to the end; up from the first row into the head", () => {
  expect(moved({ row: 5, column: 2 }, key("End", true), size)).toEqual({ row: 99, column: 3 });
  expect(moved({ row: 5, column: 2 }, key("Home", true), size)).toEqual({ row: 0, column: 0 });
  expect(moved({ row: 0, column: 2 }, key("ArrowUp"), size)).toEqual({ row: -1, column: 2 });
  expect(moved({ row: -1, column: 2 }, key("ArrowUp"), size)).toEqual({ row: -1, column: 2 });
  expect(moved({ row: 99, column: 2 }, key("ArrowDown"), size)).toEqual({ row: 99, column: 2 });
});

test("other keys lead nowhere", () => {
  expect(moved({ row: 5, column: 2 }, key("a"), size)).toBeUndefined();
});

test("a block holds both of its corners, and nothing of the head", () => {
  const block = blockOf({ row: -1, column: 3 }, { row: 2, column: 1 });
  expect(block).toEqual({ top: 0, bottom: 2, left: 1, right: 3 });
  expect(isWithin(block, 2, 3)).toBe(true);
  expect(isWithin(block, 3, 3)).toBe(false);
});
