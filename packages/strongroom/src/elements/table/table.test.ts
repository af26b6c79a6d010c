import { expect, test } from "vitest";
import { decode } from "../../wire/schema.ts";
import { tableRowsShown, tableSpec } from "./table.schema.ts";

const columns = [{ head: "n", type: "number" }] as const;

test("refuses more rows than it shows", () => {
  const rows = Array.from({ length: tableRowsShown }, (_, n) => [n]);
  expect(decode(tableSpec.props, { columns, rows, border: "all" }).ok).toBe(true);
  expect(decode(tableSpec.props, { columns, rows: [...rows, [1]], border: "all" }).ok).toBe(false);
});
