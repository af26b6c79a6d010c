/** The process that reads one file of a viewer, says what was in it, and ends. Nothing of anybody else is in it. */
import { Socket } from "node:net";
import { FrameReader, frame } from "../../wire/frames.ts";
import { jobSchema, readingLimits, type Reading } from "../../wire/reading.ts";
import { decodeText } from "../../wire/schema.ts";
import { encode } from "../codec.ts";
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
  const table = await readTable(bytes, reading);
  let text = encode(table);
  if (text.length > readingLimits.resultBytes)
    text = encode({
      ok: false,
      message: "The table in it is too large; read fewer rows (maxRows) or columns.",
    });
  socket.end(frame(text));
}
