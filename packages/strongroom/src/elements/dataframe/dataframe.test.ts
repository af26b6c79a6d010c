import { expect, test } from "vitest";
import { decode } from "../../wire/schema.ts";
import { dataframeSpec, type DataframeProps } from "./dataframe.schema.ts";

const data = { count: 3, columns: [{ name: "n", type: "number" as const }], values: [[1, 2, 3]] };
const shown: DataframeProps = {
  data,
  columns: [{ at: 0 }],
  height: { rows: 3 },
  selection: "single-row",
  print: "abc",
};

function takes(props: DataframeProps, value: unknown): boolean {
  return decode(dataframeSpec.value(props), value).ok;
}

test("takes rows that exist, each once, as many as the mode allows", () => {
  expect(takes(shown, { of: "abc", rows: [2] })).toBe(true);
  expect(takes(shown, { of: "abc", rows: [3] })).toBe(false);
  expect(takes(shown, { of: "abc", rows: [0, 1] })).toBe(false);
  expect(takes({ ...shown, selection: "multi-row" }, { of: "abc", rows: [0, 1] })).toBe(true);
  expect(takes({ ...shown, selection: "multi-row" }, { of: "abc", rows: [1, 1] })).toBe(false);
});

test("a choice of rows holds only for the data in which it was made", () => {
  expect(takes({ ...shown, print: "other" }, { of: "abc", rows: [2] })).toBe(false);
});
