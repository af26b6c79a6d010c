import { st } from "strongroom";
import { openPage } from "strongroom/testing";
import { expect, test } from "vitest";
import { decode } from "../../wire/schema.ts";
import { tableRowsShown, tableSpec } from "./table.schema.ts";

const columns = [{ head: "n", type: "number" }] as const;

test("refuses more rows than it shows", () => {
  const rows = Array.from({ length: tableRowsShown }, (_, n) => [n]);
  expect(decode(tableSpec.props, { columns, rows, border: "all" }).ok).toBe(true);
  expect(decode(tableSpec.props, { columns, rows: [...rows, [1]], border: "all" }).ok).toBe(false);
});

test("shows the first rows of too many, and says how many there are", async () => {
  const page = await openPage(() =>
    st.table(
      Array.from({ length: 1_500 }, (_, n) => ({ n, text: "**x**" })),
      { rowHeader: "text" },
    ),
  );
  const { rows, count, rowHeader } = page.find("table").props as {
    rows: unknown[][];
    count: number;
    rowHeader: number;
  };
  expect([rows.length, count, rowHeader]).toEqual([1_000, 1_500, 1]);
});

test("names the columns that there are when one is not", async () => {
  const page = await openPage(() => st.table([{ a: 1, b: 2 }], { rowHeader: "c" }));
  expect(String(page.errors[0])).toContain('"a", "b"');
});
