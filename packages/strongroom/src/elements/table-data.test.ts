import { expect, test } from "vitest";
import { tableOf } from "./table-data.server.ts";
import { wholeTable } from "./table-data.schema.ts";

const typesOf = (data: unknown): Record<string, string> =>
  Object.fromEntries(tableOf("dataframe", data).columns.map(({ name, type }) => [name, type]));
const valuesOf = (data: unknown): unknown[] => tableOf("dataframe", data).columns.map(({ values }) => values);

test("reads row objects, lists, single values, columns and what databases answer", () => {
  const rows = [
    { a: 1, b: "x" },
    { a: 2, b: "y" },
  ];
  for (const data of [
    rows,
    {
      columns: ["a", "b"],
      rows: [
        [1, "x"],
        [2, "y"],
      ],
    },
    { a: [1, 2], b: ["x", "y"] },
    new Set(rows),
  ]) {
    expect(tableOf("dataframe", data)).toEqual({
      count: 2,
      columns: [
        { name: "a", type: "number", values: [1, 2] },
        { name: "b", type: "text", values: ["x", "y"] },
      ],
    });
  }
  expect(typesOf([3, 1, 2])).toEqual({ value: "number" });
  expect(typesOf([[1, "x"], [2]])).toEqual({ 1: "number", 2: "text" });
  expect(tableOf("dataframe", []).columns).toEqual([]);
});

test("rows may lack columns, and name them in any order", () => {
  expect(valuesOf([{ a: 1 }, { b: 2, a: 3 }, {}])).toEqual([
    [1, 3, null],
    [null, 2, null],
  ]);
});

test("gives each column one type", () => {
  const day = new Date("2026-06-01");
  expect(
    typesOf([{ day, time: new Date(1), big: 2n ** 60n, yes: true, list: [1], mixed: 1 }, { mixed: "x" }]),
  ).toEqual({
    day: "date",
    time: "datetime",
    big: "bigint",
    yes: "boolean",
    list: "json",
    mixed: "text",
  });
});

test("reads dates that databases write as text, and no others", () => {
  expect(
    typesOf([
      { a: "2026-06-01", b: "2026-06-01 10:00", c: "2026-06-01", d: "2026-02-31", e: "06/01/2026" },
      { c: "soon" },
    ]),
  ).toEqual({
    a: "date",
    b: "datetime",
    c: "text",
    d: "text",
    e: "text",
  });
  expect(valuesOf([{ a: "1970-01-02", b: "1970-01-01T00:00:01" }])).toEqual([[86_400_000], [1_000]]);
});

test("loses no digit of big integers, and no fraction beside them", () => {
  expect(valuesOf([{ n: 2n ** 60n }, { n: 1 }])).toEqual([["1152921504606846976", "1"]]);
  expect(valuesOf([{ n: 3n }, { n: 0.5 }])).toEqual([[3, 0.5]]);
});

test("numbers that JSON cannot hold are missing values", () => {
  expect(valuesOf([{ n: NaN }, { n: Infinity }, { n: 1 }])).toEqual([[null, null, 1]]);
});

test("survives objects without a prototype, circles and hostile names", () => {
  const circle: Record<string, unknown> = {};
  circle["self"] = circle;
  expect(valuesOf([{ circle }])).toEqual([["[circular]"]]);
  const row = JSON.parse('{"__proto__": 1, "constructor": 2}') as object;
  expect(typesOf([row])).toEqual(
    Object.fromEntries([
      ["__proto__", "number"],
      ["constructor", "number"],
    ]),
  );
});

test("refuses what is no table, in words", () => {
  for (const data of [1, "text", null, { a: 1 }])
    expect(() => tableOf("dataframe", data)).toThrow("st.dataframe: `data` must be");
});

test("the whole of a table that is fetched must have the shape that was promised", () => {
  const schema = wholeTable(1, 2);
  expect(schema.check([[1, null]], "$")).toBeUndefined();
  for (const whole of [
    [[1]],
    [
      [1, 2],
      [3, 4],
    ],
    [[1, {}]],
    {},
    null,
  ])
    expect(schema.check(whole, "$")).toBeDefined();
});
