import { st } from "strongroom";
import { openPage } from "strongroom/testing";
import { expect, test } from "vitest";
import type { TableData } from "../table-data.schema.ts";

async function drawn(
  ...args: Parameters<typeof st.lineChart>
): Promise<{ data: TableData; thinnedFrom?: number; colors?: string[] }> {
  const page = await openPage(() => st.lineChart(...args));
  if (page.errors.length > 0) throw page.errors[0];
  return page.find("lineChart").props as never;
}

test("guesses: along the first column that is no number, all that are numbers as lines", async () => {
  const { data } = await drawn([
    { name: 1, day: "2026-01-02", a: 1, b: 2n },
    { name: 2, day: "2026-01-01", a: 3, b: 4n },
  ]);
  expect(data.columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
    "day date",
    "name number",
    "a number",
    "b number",
  ]);
  expect(data.values[1]).toEqual([2, 1]);
});

test("a list of numbers is drawn over its positions", async () => {
  const { data } = await drawn([5, 3, 4]);
  expect(data.values).toEqual([
    [0, 1, 2],
    [5, 3, 4],
  ]);
});

test("several points at one place stay several", async () => {
  const { data } = await drawn(
    [
      { x: 1, y: 1 },
      { x: 1, y: 2 },
    ],
    { x: "x" },
  );
  expect(data.count).toBe(2);
});

test("a line too long to draw is thinned, and says from how many rows", async () => {
  const { data, thinnedFrom } = await drawn(
    Array.from({ length: 100_000 }, (_, x) => ({ x, y: x % 7 })),
    { x: "x" },
  );
  expect(thinnedFrom).toBe(100_000);
  expect(data.count).toBeLessThan(4_001);
});

test("colours are the theme's by name, or hex; all else is refused", async () => {
  const rows = [{ x: "a", u: 1, v: 2 }];
  expect((await drawn(rows, { color: ["red", "#0AF"] })).colors).toEqual(["data-4", "#00aaff"]);
  for (const color of ["url(#x)", "var(--paper)", "chartreuse", "#12345"])
    await expect(drawn(rows, { color })).rejects.toThrow("`color` must be");
  await expect(drawn(rows, { color: ["red", "blue", "green"] })).rejects.toThrow("each of the 2 series");
});

test("says what is wrong with a column", async () => {
  await expect(drawn([{ x: "a", y: "b" }], { y: "y" })).rejects.toThrow("holds text");
  await expect(drawn([{ x: "a", y: 1 }], { x: "z" })).rejects.toThrow('"x", "y"');
  await expect(drawn([{ x: "a" }])).rejects.toThrow("the data has none");
});
