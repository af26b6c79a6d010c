import { expect, test } from "vitest";
import { rowWindow, scrollTopFor } from "./grid-window.ts";

const view = { viewHeight: 360, rowHeight: 36 };

test("draws the rows in sight and a few beside them; the space of the others stays", () => {
  const { from, to, above, below } = rowWindow({ ...view, top: 3_600, count: 10_000 });
  expect(from).toBeLessThanOrEqual(100);
  expect(to).toBeGreaterThanOrEqual(111);
  expect(to - from).toBeLessThan(30);
  expect(above).toBe(from * 36);
  expect(above + (to - from) * 36 + below).toBe(360_000);
});

test("draws all of a small table, and stays within its rows at the end", () => {
  expect(rowWindow({ ...view, top: 0, count: 3 })).toEqual({ from: 0, to: 3, above: 0, below: 0 });
  const { from, to, below } = rowWindow({ ...view, top: 9_999_999, count: 1_000 });
  expect([to, below]).toEqual([1_000, 0]);
  expect(from).toBeGreaterThan(900);
});

test("a million rows stay below the height that browsers can draw, and the last can be reached", () => {
  const count = 1_000_000;
  for (const top of [0, 7_000_000, 15_000_000 - 360]) {
    const { from, to, above, below } = rowWindow({ ...view, top, count });
    expect(above + (to - from) * 36 + below).toBeLessThanOrEqual(15_000_000 + 36 * 30);
  }
  expect(rowWindow({ ...view, top: 15_000_000 - 360, count }).to).toBe(count);
  const top = scrollTopFor(654_321, { ...view, top: 0, count });
  const { from, to } = rowWindow({ ...view, top, count });
  expect(from).toBeLessThanOrEqual(654_321);
  expect(to).toBeGreaterThan(654_321);
});

test("scrolls only as far as a row needs", () => {
  const at = { ...view, top: 360, count: 1_000 };
  expect(scrollTopFor(12, at)).toBe(360);
  expect(scrollTopFor(5, at)).toBe(180);
  expect(scrollTopFor(25, at)).toBe(576);
});
