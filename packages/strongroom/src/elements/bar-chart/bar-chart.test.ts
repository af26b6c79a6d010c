import { st } from "strongroom";
import { openPage } from "strongroom/testing";
import { expect, test } from "vitest";
import type { TableData } from "../table-data.schema.ts";

const sales = [
  { town: "Oslo", year: 2, n: 5 },
  { town: "Bern", year: 1, n: 7 },
  { town: "Oslo", year: 1, n: 4 },
];

async function bars(
  options: Parameters<typeof st.barChart>[1],
  data: Parameters<typeof st.barChart>[0] = sales,
): Promise<unknown> {
  const page = await openPage(() => st.barChart(data, options));
  if (page.errors.length > 0) throw page.errors[0];
  const { columns, values } = page.find("barChart").props["data"] as unknown as TableData;
  return Object.fromEntries(columns.map(({ name }, at) => [name, values[at]]));
}

test("bars of one name are one bar; names stay as the data give them", async () => {
  expect(await bars({ x: "town", y: "n" })).toEqual({ town: ["Oslo", "Bern"], n: [9, 7] });
});

test("sorts by names, by a column, or from the largest", async () => {
  expect(await bars({ x: "town", y: "n", sort: true })).toEqual({ town: ["Bern", "Oslo"], n: [7, 9] });
  expect(await bars({ x: "town", y: "n", sort: "n" })).toEqual({ town: ["Bern", "Oslo"], n: [7, 9] });
  expect(await bars({ x: "town", y: "n", sort: "-n" })).toEqual({ town: ["Oslo", "Bern"], n: [9, 7] });
  expect(await bars({ x: "year", y: "n" })).toEqual({ year: [1, 2], n: [11, 5] });
  expect(await bars({ x: "year", y: "n", sort: false })).toEqual({ year: [2, 1], n: [5, 11] });
});

test("the values of a column become series", async () => {
  expect(await bars({ x: "town", y: "n", color: "year" })).toEqual({
    town: ["Oslo", "Bern"],
    1: [4, 7],
    2: [5, null],
  });
});

test("refuses more bars than can be told apart", async () => {
  const many = Array.from({ length: 1_001 }, (_, n) => ({ town: `t${n}`, n }));
  await expect(bars({}, many)).rejects.toThrow("at most 1,000 bars");
});

test("a query that finds nothing is drawn as an empty chart, whatever columns are named", async () => {
  expect(await bars({ x: "town", y: "n", sort: "-year" }, [])).toEqual({ town: [], n: [] });
  expect(await bars({ x: "town", y: "n", color: "year" }, [])).toEqual({ town: [] });
  expect(await bars({ y: ["n", "m"], color: ["red", "blue"] }, [])).toEqual({ "": [], n: [], m: [] });
  await expect(bars({ x: "place" }, { columns: ["town", "n"], rows: [] })).rejects.toThrow('"town", "n"');
});
