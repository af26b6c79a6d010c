/** The frames between gateway and worker: one kind, one session, one number, up to three byte strings. */
import { frame } from "./frames.ts";

/** What the gateway tells a worker. */
export const toWorker = {
  setup: 0,
  open: 1,
  event: 2,
  close: 3,
  resend: 4,
  stop: 5,
  answer: 6,
  load: 7,
  rerun: 8,
  /** Of the values of cached functions: an answer to a claim, or that somebody cleared. */
  cache: 9,
  /** A viewer has sent a file more. */
  file: 10,
  /** A part of a file, or that there is none. */
  part: 11,
  /** The table in a file, or that none could be read. */
  table: 12,
  /** The next bytes of a download that flows. */
  more: 13,
  /** Nobody wants more of it. */
  drop: 14,
} as const;
/** What a worker tells the gateway. */
export const fromWorker = {
  ready: 0,
  text: 1,
  commit: 2,
  bytes: 3,
  query: 4,
  log: 5,
  release: 6,
  taken: 7,
  /** Nobody waits for the answer to this question any more. */
  cancel: 8,
  /** Claims, values and ends of cached functions. */
  cache: 9,
  /** A widget takes files. */
  slot: 10,
  /** A part of a file is asked for. */
  read: 11,
  /** A file is to be read as a table. */
  parse: 12,
  /** The next bytes of a download that flows; without any, its end. */
  piece: 13,
  /** A download that cannot go on. */
  broke: 14,
} as const;

export interface WorkerFrame {
  readonly kind: number;
  /** The session's number in this worker; 0 where none is meant. */
  readonly session: number;
  /** Event, request or tree number, by kind. */
  readonly n: number;
  readonly parts: readonly Buffer[];
}

/** A frame to be written: what it does not need is left out. */
export interface NewWorkerFrame extends Partial<Pick<WorkerFrame, "session" | "n">> {
  readonly kind: number;
  /** Text, or bytes as they are; there is no part for what is undefined. */
  readonly parts?: readonly (string | Uint8Array | undefined)[];
}

/** The most bytes of a download that travel at once. */
export const maxPieceBytes = 256 * 1024;

const headBytes = 13;
const maxParts = 3;

export function writeWorkerFrame({ kind, session = 0, n = 0, parts: given = [] }: NewWorkerFrame): Buffer {
  const parts: Uint8Array[] = [];
  for (const part of given)
    if (part !== undefined) parts.push(typeof part === "string" ? Buffer.from(part) : part);
  const head = Buffer.allocUnsafe(headBytes + 4 * parts.length);
  head[0] = kind;
  head.writeUInt32BE(session, 1);
  // Numbers of events may pass 32 bits; a double holds them all.
  head.writeDoubleBE(n, 5);
  const all: Uint8Array[] = [head];
  let at = headBytes;
  for (const part of parts) {
    head.writeUInt32BE(part.length, at);
    at += 4;
    all.push(part);
  }
  return frame(Buffer.of(parts.length), ...all);
}

/** Reads a frame; one that is cut short, too long or has too many parts throws. */
export function readWorkerFrame(payload: Buffer): WorkerFrame {
  const count = payload.readUInt8(0);
  if (count > maxParts) throw new RangeError(`At most ${maxParts} parts were expected.`);
  const kind = payload.readUInt8(1);
  const session = payload.readUInt32BE(2);
  const n = payload.readDoubleBE(6);
  if (!Number.isSafeInteger(n) || n < 0) throw new RangeError("A whole number was expected.");
  let at = 1 + headBytes + 4 * count;
  const parts: Buffer[] = [];
  for (let index = 0; index < count; index++) {
    const length = payload.readUInt32BE(1 + headBytes + 4 * index);
    if (at + length > payload.length) throw new RangeError("A shorter part was expected.");
    parts.push(payload.subarray(at, at + length));
    at += length;
  }
  if (at !== payload.length) throw new RangeError("The end of the frame was expected.");
  return { kind, session, n, parts };
}
