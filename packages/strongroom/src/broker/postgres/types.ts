import type { ColumnHead } from "../../wire/query-answer.ts";
import type { QueryValue } from "../../wire/query.ts";
import {
  bytesCell,
  decimalCell,
  floatCell,
  insideJson,
  instantCell,
  integerCell,
  jsonCell,
} from "../cells.ts";
import { readArray } from "./array.ts";

type Read = (text: string) => QueryValue;
interface TypeRule {
  readonly type: ColumnHead["type"];
  readonly read: Read;
}

const same: Read = (text) => text;
const rules: Readonly<Record<string, TypeRule>> = {
  bool: { type: "boolean", read: (text) => text === "t" },
  bytea: { type: "bytes", read: (text) => bytesCell(Buffer.from(text.slice(2), "hex")) },
  int: { type: "integer", read: integerCell },
  float: { type: "number", read: (text) => floatCell(Number(text)) },
  numeric: { type: "number", read: decimalCell },
  instant: { type: "instant", read: instantCell },
  date: { type: "date", read: same },
  time: { type: "time", read: same },
  json: { type: "json", read: jsonCell },
  text: { type: "text", read: same },
};

/** Numbers of PostgreSQL's own types (`pg_type.dat`), with that of their arrays. */
const numbers: Readonly<Record<string, readonly (readonly [scalar: number, array: number])[]>> = {
  bool: [[16, 1000]],
  bytea: [[17, 1001]],
  int: [
    [20, 1016],
    [21, 1005],
    [23, 1007],
    [26, 1028],
  ],
  float: [
    [700, 1021],
    [701, 1022],
  ],
  numeric: [[1700, 1231]],
  instant: [
    [1114, 1115],
    [1184, 1185],
  ],
  date: [[1082, 1182]],
  time: [
    [1083, 1183],
    [1266, 1270],
    [1186, 1187],
  ],
  json: [
    [114, 199],
    [3802, 3807],
  ],
  text: [
    [18, 1002],
    [19, 1003],
    [25, 1009],
    [1042, 1014],
    [1043, 1015],
    [2950, 2951],
  ],
};

const table = new Map<number, TypeRule>();
for (const [name, pairs] of Object.entries(numbers)) {
  const rule = rules[name];
  if (rule === undefined) continue;
  for (const [scalar, array] of pairs) {
    table.set(scalar, rule);
    const element = (text: string): unknown => insideJson(rule.read(text));
    table.set(array, { type: "json", read: (text) => ({ json: JSON.stringify(readArray(text, element)) }) });
  }
}

/** How a column of a type is read; one that we do not know is text. */
export function typeRule(number: number): TypeRule {
  return table.get(number) ?? { type: "text", read: same };
}
