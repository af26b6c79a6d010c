import type { Submittable } from "pg";
import type { RowWriter } from "../answer.ts";
import type { Outcome } from "../engine.ts";
import { typeRule } from "./types.ts";

interface Field {
  readonly name: string;
  readonly dataTypeID: number;
}
interface CursorResult {
  readonly fields: readonly Field[];
  readonly command: string | null;
  readonly rowCount: number | null;
}
type Row = readonly (string | null)[];
/** As far as pg-cursor is used here; it brings no types. */
interface Cursor extends Submittable {
  read(count: number, done: (error: Error | undefined, rows: Row[], result?: CursorResult) => void): void;
  close(): Promise<void>;
}
export type CursorClass = new (
  text: string,
  values: readonly (string | Buffer | null)[],
  options: { readonly rowMode: "array"; readonly types: object },
) => Cursor;

/** Rows of the first reading, and the most of any. */
const firstRows = 50;
const mostRows = 2_000;
/** About so much is read at once. */
const batchChars = 250_000;

/** The database itself refused: the cursor has closed by then, or never will. */
class CursorFailed extends Error {}

/** Reads a cursor to its end, no faster than the rows are taken. */
export async function readAll(cursor: Cursor, writer: RowWriter): Promise<Outcome> {
  try {
    return await readRows(cursor, writer);
  } catch (error) {
    if (error instanceof CursorFailed) throw error.cause;
    await cursor.close(); // we have had enough of it
    throw error;
  }
}

async function readRows(cursor: Cursor, writer: RowWriter): Promise<Outcome> {
  let { rows, result } = await read(cursor, firstRows);
  const { fields = [] } = result ?? {};
  const types = fields.map(({ dataTypeID }) => typeRule(dataTypeID));
  await writer.begin(fields.map(({ name }, index) => ({ name, type: types[index]?.type ?? "text" })));
  for (let wanted = firstRows; rows.length > 0;) {
    let chars = 0;
    for (const row of rows) {
      for (const text of row) chars += text?.length ?? 4;
      const values = row.map((text, index) => (text === null ? null : (types[index]?.read(text) ?? text)));
      if (writer.add(values)) await writer.flush();
    }
    if (rows.length < wanted) break;
    wanted = Math.max(1, Math.min(mostRows, Math.floor((batchChars * rows.length) / Math.max(chars, 1))));
    ({ rows, result = result } = await read(cursor, wanted));
  }
  return { changed: changedBy(result) };
}

function read(cursor: Cursor, count: number): Promise<{ rows: Row[]; result: CursorResult | undefined }> {
  return new Promise((resolve, reject) => {
    cursor.read(count, (error, rows, result) =>
      error ? reject(new CursorFailed("", { cause: error })) : resolve({ rows, result }),
    );
  });
}

function changedBy(result: CursorResult | undefined): number | undefined {
  const { command = null, rowCount = null } = result ?? {};
  return /^(INSERT|UPDATE|DELETE|MERGE)$/.test(command ?? "") ? (rowCount ?? undefined) : undefined;
}
