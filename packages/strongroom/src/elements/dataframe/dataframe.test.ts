import { st } from "strongroom";
import { openPage } from "strongroom/testing";
import { expect, expectTypeOf, test } from "vitest";
import { decode } from "../../wire/schema.ts";
import { dataframeSpec, type DataframeProps } from "./dataframe.schema.ts";

const data = { count: 3, columns: [{ name: "n", type: "number" as const }], values: [[1, 2, 3]] };
const shown: DataframeProps = {
  data,
  columns: [{ at: 0 }],
  height: { rows: 3 },
  selection: { rows: "single" },
  print: "abc",
};

function takes(props: DataframeProps, value: unknown): boolean {
  return decode(dataframeSpec.value(props), value).ok;
}

const chosen = (parts: object): object => ({ of: "abc", rows: [], columns: [], cells: [], ...parts });

test("takes rows that exist, each once, as many as the mode allows", () => {
  expect(takes(shown, chosen({ rows: [2] }))).toBe(true);
  expect(takes(shown, chosen({ rows: [3] }))).toBe(false);
  expect(takes(shown, chosen({ rows: [0, 1] }))).toBe(false);
  expect(takes({ ...shown, selection: { rows: "multi" } }, chosen({ rows: [0, 1] }))).toBe(true);
  expect(takes({ ...shown, selection: { rows: "multi" } }, chosen({ rows: [1, 1] }))).toBe(false);
  const required: DataframeProps = { ...shown, selection: { rows: "required" } };
  expect([takes(required, chosen({})), takes(required, chosen({ rows: [1] }))]).toEqual([false, true]);
});

test("takes columns and cells that are shown, where their mode is on", () => {
  const both: DataframeProps = { ...shown, selection: { columns: "single", cells: "multi" } };
  expect(
    takes(
      both,
      chosen({
        columns: ["n"],
        cells: [
          [0, "n"],
          [2, "n"],
        ],
      }),
    ),
  ).toBe(true);
  for (const parts of [
    { rows: [0] },
    { columns: ["hidden"] },
    { columns: ["n", "n"] },
    { cells: [[3, "n"]] },
    {
      cells: [
        [0, "n"],
        [0, "n"],
      ],
    },
    { cells: [["n", 0]] },
  ])
    expect(takes(both, chosen(parts)), JSON.stringify(parts)).toBe(false);
  expect(takes(shown, chosen({ columns: ["n"] }))).toBe(false);
});

test("a choice holds only for the data in which it was made", () => {
  expect(takes({ ...shown, print: "other" }, chosen({ rows: [2] }))).toBe(false);
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
  await page.answer(id, { of: props["print"] as string, rows: [1], columns: [], cells: [] });
  await page.answer("Turned", true);
  expect(seen).toEqual([[], [1], []]);
});

test("with a key the choice outlives other data, as long as it fits", async () => {
  const seen: (readonly number[])[] = [];
  const page = await openPage(() => {
    const count = st.numberInput("Count", { value: 2, minValue: 1, maxValue: 2, step: 1 });
    const options = { key: "people", onSelect: "rerun", selectionMode: "multi-row" } as const;
    seen.push(st.dataframe(people.slice(0, count).toReversed(), options).selection.rows);
  });
  await page.answer(page.find("dataframe").id, { of: "", rows: [1], columns: [], cells: [] });
  await page.answer("Count", 1);
  expect(seen).toEqual([[], [1], []]);
});

test.each([true, false])(
  "with rowId the choice is of a row, not of a place (with a key: %s)",
  async (isKeyed) => {
    const seen: (readonly number[])[] = [];
    const page = await openPage(() => {
      const turned = st.toggle("Turned");
      const older = st.toggle("Older");
      const rows = people.map((one) => ({ ...one, age: older ? 99 : 1 }));
      const options = { onSelect: "rerun", rowId: "name", ...(isKeyed ? { key: "people" } : {}) } as const;
      seen.push(st.dataframe(turned ? rows.toReversed() : rows, options).selection.rows);
    });
    const { id, props } = page.find("dataframe");
    await page.answer(id, { of: props["print"] as string, rows: [1], columns: [], cells: [] });
    await page.answer("Older", true);
    await page.answer("Turned", true);
    expect(seen).toEqual([[], [1], [1], []]);
  },
);

test("rowId names a column of the data, and is for what can be chosen", async () => {
  for (const [options, message] of [
    [{ onSelect: "rerun", rowId: "nobody" }, /`rowId` must be one of the columns/],
    [{ rowId: "name" }, /`rowId` must be given together with `onSelect`/],
  ] as const) {
    // The compiler refuses it where it sees it.
    const hurried = st.dataframe as (data: object, options: object) => unknown;
    const page = await openPage(() => void hurried(people, options));
    expect(page.find("exception").props["message"]).toMatch(message);
  }
});

test("without onSelect nothing can be chosen", async () => {
  const page = await openPage(() => st.dataframe(people));
  const { id } = page.find("dataframe");
  expect(page.send({ values: { [id]: { of: "", rows: [], columns: [], cells: [] } } })).toEqual({
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

test("begins with its default, without what the data does not hold", async () => {
  const seen: unknown[] = [];
  const page = await openPage(() => {
    seen.push(
      st.dataframe(people, {
        onSelect: "rerun",
        selectionMode: ["single-row-required", "multi-cell"],
        selectionDefault: {
          selection: {
            rows: [1],
            columns: ["age"],
            cells: [
              [0, "age"],
              [7, "age"],
            ],
          },
        },
      }).selection,
      st.dataframe(people, { title: "Other", onSelect: "rerun", selectionMode: "single-row-required" })
        .selection.rows,
    );
  });
  expect(page.errors).toEqual([]);
  expect(seen).toEqual([{ rows: [1], columns: [], cells: [[0, "age"]] }, [0]]);
});

test("two modes for the same part are refused, and words that are none", async () => {
  for (const selectionMode of [["single-row", "multi-row"], [], ["rows"]]) {
    const page = await openPage(() =>
      st.dataframe(people, { onSelect: "rerun", selectionMode: selectionMode as "multi-row"[] }),
    );
    expect(String(page.errors[0])).toContain("`selectionMode` must be at most one each");
  }
});

test("the state knows the names of the columns", () => {
  const choose = () => st.dataframe(people, { onSelect: "rerun", selectionMode: "multi-column" });
  expectTypeOf<ReturnType<typeof choose>["selection"]["columns"]>().toEqualTypeOf<
    readonly ("name" | "age" | "mail" | "done")[]
  >();
  expect(choose).toThrow();
});

const orders = [
  { id: 1, act: "Open", more: ["Pay", "Cancel"] },
  { id: 2, act: "View", more: ["Cancel"] },
];

test("a button in a cell is clicked once, by the label that stands in its row", async () => {
  const heard: unknown[] = [];
  const read: unknown[] = [];
  const page = await openPage(() => {
    st.dataframe(orders, {
      columnConfig: {
        act: { type: "button", key: "act" },
        more: { type: "button", onClick: (click) => heard.push(click) },
      },
    });
    read.push(st.sessionState["act"]);
  });
  const { id, props } = page.find("dataframe");
  const press = (column: string, row: number, label: string): ReturnType<typeof page.forge> =>
    page.forge({ trigger: { id, value: { of: props["print"] as string, column, row, label } } });
  expect(await press("more", 0, "Pay")).toEqual({ taken: true });
  expect(await press("act", 1, "View")).toEqual({ taken: true });
  for (const [column, row, label] of [
    ["more", 1, "Pay"],
    ["act", 1, "Open"],
    ["act", 2, "View"],
    ["id", 0, "1"],
  ] as const)
    expect(await press(column, row, label)).toEqual({ taken: false, code: "invalid-value" });
  await page.goToQuery("again=1");
  expect(heard).toEqual([{ row: 0, label: "Pay" }]);
  expect(read).toEqual([null, null, { row: 1, label: "View" }, null]);
  expect(page.errors).toEqual([]);
});

test("cells are brought into the form of their column", async () => {
  const gif = "R0lGODlhAwACAIAAAP///wAAACwAAAAAAwACAAACA4RvUAA7";
  const page = await openPage(() =>
    st.dataframe(
      [
        {
          picture: Buffer.from(gif, "base64"),
          same: `data:image/gif;base64,${gif}`,
          note: "**now**",
          tags: new Set([1, 2]),
          load: new Float64Array([1, 2.5]),
          at: new Date("2026-06-01T06:15Z"),
        },
      ],
      {
        columnConfig: {
          picture: { type: "image" },
          same: { type: "image" },
          note: { type: "markdown" },
          tags: { type: "multiselect", formatFunc: (tag) => `#${String(tag)}`, color: "auto" },
          load: { type: "lineChart", yMin: 0, color: "#FF8800" },
          at: { type: "time", format: "HH:mm" },
        },
      },
    ),
  );
  expect(page.errors).toEqual([]);
  const { data, columns } = page.find("dataframe").props as unknown as DataframeProps;
  const [picture, same, note, tags, load, at] = data.values.map(([cell]) => cell);
  expect([...page.offered.keys()]).toEqual([picture]);
  expect(same).toBe(picture);
  expect([note, tags, load, at]).toEqual([
    '[{"t":"strong","c":["now"]}]',
    '["#1","#2"]',
    "[1,2.5]",
    "06:15:00.000",
  ]);
  expect(columns[4]?.as).toEqual({ type: "spark", mark: "line", min: 0, color: "#ff8800" });
});

test("pictures of other hosts are refused: pages ask nothing of them", async () => {
  const page = await openPage(() =>
    st.dataframe([{ logo: "https://example.org/a.png" }], { columnConfig: { logo: { type: "image" } } }),
  );
  expect(String(page.errors[0])).toContain("pages ask nothing of other hosts");
});

test("rows may be Maps, columns a Map or vectors of Arrow", async () => {
  const vector = { schema: { fields: [{ name: "n" }] }, numRows: 2, getChild: () => Int32Array.of(4, 5) };
  const page = await openPage(() => {
    st.dataframe([new Map([["a", 1]]), new Map([["b", 2]])]);
    st.dataframe(new Map([["a", [1, 2]]]));
    st.dataframe(vector);
  });
  expect(page.errors).toEqual([]);
  const values = page
    .findAll("dataframe")
    .map(({ props }) => (props as unknown as DataframeProps).data.values);
  expect(values).toEqual([
    [
      [1, null],
      [null, 2],
    ],
    [[1, 2]],
    [[4, 5]],
  ]);
});

test("a query that finds nothing is shown with the columns that are named", async () => {
  const columnConfig = { name: "Name", share: { type: "progress" as const } };
  const page = await openPage(() => {
    st.dataframe([], { columnConfig, columnOrder: ["share", "name"] });
    const found: { id: number }[] = [];
    st.dataframe(found, { key: "chosen", onSelect: "rerun", rowId: "id" });
    st.table([], { rowHeader: "name" });
  });
  expect(page.errors).toEqual([]);
  const { columns } = page.find("dataframe").props["data"] as unknown as DataframeProps["data"];
  expect(columns.map(({ name }) => name)).toEqual(["share", "name"]);
});
