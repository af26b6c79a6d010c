import { expect, test } from "vitest";
import { gridColumn, type GridColumn } from "./grid-column.ts";
import { separatedText, withHead } from "./grid-text.ts";
import type { Cell, CellType } from "../../elements/table-data.schema.ts";

const column = (name: string, type: CellType, cells: readonly Cell[]): GridColumn =>
  gridColumn({ at: 0 }, { name, type, cells });

test("writes cells for other programs: dates as ISO, numbers without groups, quotes where they must be", () => {
  const columns = [
    column("Day", "date", [Date.UTC(2026, 0, 2), null]),
    column("Says", "text", ['He said "a, b"', "two\nlines"]),
    column("n", "number", [18_204.5, -3]),
  ];
  expect(withHead(columns, separatedText(columns, [0, 1], ","), ",")).toBe(
    'Day,Says,n\r\n2026-01-02,"He said ""a, b""",18204.5\r\n,"two\nlines",-3',
  );
  expect(separatedText(columns, [1], "\t")).toBe('\t"two\nlines"\t-3');
});

test.each(["=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3", "\tx", '=HYPERLINK("http://x")'])(
  "a spreadsheet does not run %j",
  (text) => {
    const out = separatedText([column("c", "text", [text])], [0], ",").replace(/^"/, "");
    expect(out.startsWith("'")).toBe(true);
  },
);

test("numbers stay numbers, as text too", () => {
  expect(
    separatedText(
      [
        column("c", "text", ["-12.5"]),
        column("n", "number", [-4]),
        column("b", "bigint", ["-9007199254740993"]),
      ],
      [0],
      "\t",
    ),
  ).toBe("-12.5\t-4\t-9007199254740993");
});
