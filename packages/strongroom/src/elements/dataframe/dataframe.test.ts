import { st } from "strongroom";
import { openPage } from "strongroom/testing";
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

const people = [
  { name: "Ada", age: 36, mail: "ada@example.org", done: 0.4 },
  { name: "Alan", age: 41, mail: "alan@example.org", done: 1 },
];

test("columns that are left out do not leave the server", async () => {
  const page = await openPage(() =>
    st.dataframe(people, {
      columnConfig: { mail: null, name: "Name" },
      columnOrder: ["age", "name", "mail"],
    }),
  );
  const shown = page.find("dataframe").props as unknown as DataframeProps;
  expect(JSON.stringify(shown)).not.toContain("example.org");
  expect(shown.data.columns.map(({ name }) => name)).toEqual(["age", "name"]);
  expect(shown.columns).toEqual([{ at: 0 }, { at: 1, label: "Name" }]);
});

test("small tables travel in the page, large ones by handle with their first rows", async () => {
  const rows = Array.from({ length: 5_000 }, (_, n) => ({ n, half: n / 2 }));
  const page = await openPage(() => st.dataframe(rows));
  const { data } = page.find("dataframe").props as unknown as DataframeProps;
  expect([data.count, data.values[0]?.length]).toEqual([5_000, 50]);
  const offered = page.offered.get(data.handle ?? "");
  expect(offered?.mime).toBe("application/json");
  const whole = JSON.parse(Buffer.from(offered?.bytes ?? []).toString()) as number[][];
  expect([whole[0]?.length, whole[1]?.[4_999]]).toEqual([5_000, 2_499.5]);
});

test("a rerun answers the chosen rows; other data begin without a choice", async () => {
  const seen: (readonly number[])[] = [];
  const page = await openPage(() => {
    const turned = st.toggle("Turned");
    const { selection } = st.dataframe(turned ? people.toReversed() : people, {
      title: "People",
      onSelect: "rerun",
      selectionMode: "single-row",
    });
    seen.push(selection.rows);
  });
  const { id, props } = page.find("dataframe");
  await page.answer(id, { of: props["print"] as string, rows: [1] });
  await page.answer("Turned", true);
  expect(seen).toEqual([[], [1], []]);
});

test("without onSelect nothing can be chosen", async () => {
  const page = await openPage(() => st.dataframe(people));
  const { id } = page.find("dataframe");
  expect(page.send({ values: { [id]: { of: "", rows: [] } } })).toEqual({
    taken: false,
    code: "unknown-widget",
  });
});

test("a progress column ends at one for shares, at a hundred for all else", async () => {
  const range = async (name: "age" | "done"): Promise<unknown> => {
    const page = await openPage(() =>
      st.dataframe(people, { columnOrder: [name], columnConfig: { [name]: { type: "progress" } } }),
    );
    return (page.find("dataframe").props as unknown as DataframeProps).columns[0]?.as;
  };
  expect(await range("done")).toEqual({ type: "progress", min: 0, max: 1 });
  expect(await range("age")).toEqual({ type: "progress", min: 0, max: 100 });
});
