import type { Readable } from "node:stream";
import type { Connection } from "mysql2";
import type { RowWriter } from "../answer.ts";
import type { Outcome } from "../engine.ts";
import { readerOf, typeOf, type Field } from "./types.ts";

interface Executed {
  readonly sql: string;
  readonly bound: readonly unknown[];
  readonly writer: RowWriter;
}

/** A command of mysql2 that streams; its types know the callback only. */
interface Command {
  stream(options: { highWaterMark: number }): Readable;
}

/** Rows that wait in memory. */
const highWaterMark = 200;

/** Runs a prepared statement and hands its rows on, no faster than they are taken. */
export async function execute(
  { connection, broken }: { connection: Connection; broken: () => void },
  { sql, bound, writer }: Executed,
): Promise<Outcome> {
  // Without a callback it answers the command itself.
  const command = connection.execute({ sql, values: [...bound], rowsAsArray: true }) as unknown as Command;
  const stream = command.stream({ highWaterMark });
  let readers: ((value: unknown) => ReturnType<ReturnType<typeof readerOf>>)[] | undefined;
  let fields: readonly Field[] = [];
  stream.on("fields", (all: readonly Field[] | undefined) => (fields = all ?? fields));
  let changed: number | undefined;
  try {
    for await (const row of stream as AsyncIterable<unknown>) {
      if (!Array.isArray(row)) {
        changed = changedBy(row);
        continue;
      }
      readers ??= await begin(fields, writer);
      if (writer.add(row.map((value, index) => readers?.[index]?.(value) ?? null))) await writer.flush();
    }
  } catch (error) {
    // Left before its end, what is still to come would be taken for the next answer.
    if (!isServersOwn(error)) broken();
    throw error;
  }
  if (readers === undefined) await begin(fields, writer);
  return { changed };
}

async function begin(fields: readonly Field[], writer: RowWriter): Promise<ReturnType<typeof readerOf>[]> {
  await writer.begin(fields.map((field) => ({ name: field.name, type: typeOf(field) })));
  return fields.map(readerOf);
}

function changedBy(header: unknown): number | undefined {
  if (typeof header !== "object" || header === null || !("affectedRows" in header)) return undefined;
  return typeof header.affectedRows === "number" ? header.affectedRows : undefined;
}

/** An error that the server sent in place of rows: the connection goes on. */
function isServersOwn(error: unknown): boolean {
  return error instanceof Error && "sqlState" in error && !("fatal" in error && error.fatal === true);
}
