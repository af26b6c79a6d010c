/** The process that reads one file of a viewer, says what was in it, and ends. Nothing of anybody else is in it. */
import { Socket } from "node:net";
import { FrameReader, frame } from "../../wire/frames.ts";
import { jobSchema, readingLimits, type Reading, type ReadTable } from "../../wire/reading.ts";
import { decodeText } from "../../wire/schema.ts";
import { encode, NotPlainError } from "../codec.ts";
import { readTable } from "./read-table.ts";

const gatewayDescriptor = 3;
const socket = new Socket({ fd: gatewayDescriptor, readable: true, writable: true });
const frames = new FrameReader();
let job: { readonly reading: Reading; readonly size: number } | undefined;
let bytes = Buffer.alloc(0);
let size = 0;

socket.on("data", (chunk: Buffer) => {
  frames.push(chunk);
  for (let next = frames.next(); next !== undefined; next = frames.next()) take(next);
});
socket.on("close", () => process.exit(0));
socket.on("error", () => process.exit(0));

function take(next: Buffer): void {
  if (job === undefined) {
    const decoded = decodeText(jobSchema, next.toString(), 1_000_000);
    if (!decoded.ok) throw new TypeError("A job was expected.");
    job = decoded.value;
    bytes = Buffer.alloc(job.size);
  } else {
    size += next.copy(bytes, size);
  }
  if (size === job.size) void answer(job.reading);
}

async function answer(reading: Reading): Promise<void> {
  const text = encoded(await readTable(bytes, reading));
  socket.end(frame(text.length > readingLimits.resultBytes ? encode(tooLarge) : text));
}

const tooLarge: ReadTable = {
  ok: false,
  message: "The table in it is too large; read fewer rows (maxRows) or columns.",
};

function encoded(table: ReadTable): Buffer {
  try {
    return isLarge(table) ? encode(tooLarge) : encode(table);
  } catch (error) {
    if (!(error instanceof NotPlainError)) return encode(tooLarge);
    return encode({ ok: false, message: `It cannot be read: a value in it is ${error.found}.` });
  }
}

/** One long text may stand in many cells: what they weigh once written is known before they are. */
function isLarge(table: ReadTable): boolean {
  if (!table.ok) return false;
  let left = readingLimits.resultBytes;
  return table.columns.some((column) =>
    column.some((cell) => {
      if (typeof cell === "string" || cell instanceof Uint8Array) left -= cell.length;
      return left < 0;
    }),
  );
}
