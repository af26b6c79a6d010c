import { createHash } from "node:crypto";
import { badOption } from "../../worker/errors.ts";
import { inline } from "../../worker/markdown.ts";
import { offer } from "../../worker/offer.ts";
import { readPicture } from "../image/image-kinds.server.ts";
import type { Cell } from "../table-data.schema.ts";
import type { RawCell, Table, TableColumn } from "../table-data.server.ts";
import type { ColumnConfig, Configured } from "./dataframe-config.server.ts";

type Config = Readonly<Record<string, ColumnConfig>>;

/** Pictures by their fingerprint, which stands in the cells until they are offered. */
export type Pictures = Map<string, Uint8Array>;

/** What cells of a configured column are before the column gets its type. */
export function rawCells(config: Config, pictures: Pictures): (name: string) => RawCell | undefined {
  return (name) => {
    const column = config[name];
    return typeof column === "object" && column !== null ? rawCell(column, pictures) : undefined;
  };
}

function rawCell(column: Configured, pictures: Pictures): RawCell | undefined {
  switch (column.type) {
    case "image":
      return (value) => pictureIn(value, pictures);
    case "time":
      return (value) => (value instanceof Date ? timeOfDay(value) : value);
    case "selectbox":
      return column.formatFunc;
    case "multiselect": {
      const { formatFunc } = column;
      return (value) => {
        const list = listIn(value);
        return formatFunc !== undefined && Array.isArray(list) ? list.map((one) => formatFunc(one)) : list;
      };
    }
    case "list":
    case "barChart":
    case "lineChart":
    case "areaChart":
      return listIn;
    default:
      return undefined;
  }
}

function timeOfDay(moment: Date): string | null {
  return Number.isNaN(moment.getTime()) ? null : moment.toISOString().slice(11, 23);
}

/** Sets and typed lists as plain ones. */
function listIn(value: unknown): unknown {
  if (Array.isArray(value) || typeof value !== "object" || value === null) return value;
  return Symbol.iterator in value ? [...(value as Iterable<unknown>)] : value;
}

function pictureIn(value: unknown, pictures: Pictures): string {
  const bytes = pictureBytes(value);
  if (bytes === undefined) {
    throw badOption(
      "dataframe",
      "data",
      "bytes of pictures, or `data:` URLs, in an image column: pages ask nothing of other hosts",
    );
  }
  const print = createHash("sha256").update(bytes).digest("base64url");
  pictures.set(print, bytes);
  return print;
}

function pictureBytes(value: unknown): Uint8Array | undefined {
  if (value instanceof Uint8Array) return value;
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  const head = typeof value === "string" ? /^data:image\/[a-z+.-]+;base64,/i.exec(value)?.[0] : undefined;
  return head === undefined ? undefined : Buffer.from(String(value).slice(head.length), "base64");
}

/** What travels in the cells: Markdown parsed, pictures by handle. */
export function sentCells(table: Table, config: Config, pictures: Pictures): Table {
  const offered = new Map<string, string>();
  const handleOf = (print: string): string => {
    const known = offered.get(print);
    if (known !== undefined) return known;
    const { bytes, mime } = readPicture(pictures.get(print) ?? new Uint8Array());
    const handle = offer({ bytes, mime });
    offered.set(print, handle);
    return handle;
  };
  return { count: table.count, columns: table.columns.map((column) => sent(column, config, handleOf)) };
}

function sent(column: TableColumn, config: Config, handleOf: (print: string) => string): TableColumn {
  const configured = config[column.name];
  const type = typeof configured === "object" && configured !== null ? configured.type : undefined;
  const map = (change: (cell: NonNullable<Cell>) => Cell): TableColumn => ({
    name: column.name,
    type: "text",
    values: column.values.map((cell) => (cell === null ? null : change(cell))),
  });
  if (type === "markdown") return map((cell) => JSON.stringify(inline(String(cell))));
  return type === "image" ? map((print) => handleOf(String(print))) : column;
}
