/** What a worker says, decoded: nothing of it is believed before. */
import { cacheRequestSchema, maxCacheHeadChars } from "../../wire/cache-frames.ts";
import { decodeText, type Decoded, type Infer, type Schema } from "../../wire/schema.ts";
import { fromWorkerSchema } from "../../wire/messages.ts";
import { brokerRequestSchema, queryLimits, type BrokerRequest } from "../../wire/query.ts";
import { fromWorker, maxPieceBytes, readWorkerFrame, type WorkerFrame } from "../../wire/worker-frames.ts";
import { parseSchema, type Parse } from "../../wire/reading.ts";
import { readSchema, slotSchema, type FileRead, type UploadSlot } from "../../wire/upload.ts";
import { bytesSchema, logSchema, readySchema, releaseSchema } from "../../wire/worker-setup.ts";
import type { CacheHeard } from "../cache/shared-cache.ts";
import type { OfferedBytes, WorkerMessage } from "./pool-types.ts";

export type Loaded = Infer<typeof readySchema>;
export type LogEntry = Infer<typeof logSchema>;

export type Heard =
  | { readonly kind: "up" }
  | { readonly kind: "loaded"; readonly loaded: Loaded }
  | { readonly kind: "log"; readonly entry: LogEntry }
  | { readonly kind: "taken"; readonly session: number }
  | PieceHeard
  | ({ readonly kind: "cache" } & CacheHeard)
  | SessionHeard;

/** The next bytes of a download; none at its end; `isBroken` where it cannot go on. */
export interface PieceHeard {
  readonly kind: "piece";
  readonly flow: number;
  readonly bytes: Buffer | undefined;
  readonly isBroken: boolean;
}

/** What is said for one session. */
export type SessionHeard = { readonly session: number } & (
  | {
      readonly kind: "text";
      readonly message: WorkerMessage;
      readonly text: string;
      readonly done: number | undefined;
    }
  | {
      readonly kind: "commit";
      readonly event: number;
      readonly core: Buffer;
      readonly state: Buffer | undefined;
    }
  | { readonly kind: "bytes"; readonly content: OfferedBytes }
  | { readonly kind: "flow"; readonly flow: number; readonly content: Omit<OfferedBytes, "bytes"> }
  | { readonly kind: "release"; readonly handles: readonly string[] }
  | { readonly kind: "slot"; readonly slot: UploadSlot }
  | { readonly kind: "read"; readonly id: number; readonly read: FileRead }
  | { readonly kind: "parse"; readonly id: number; readonly parse: Parse }
  | { readonly kind: "query"; readonly id: number; readonly request: BrokerRequest }
  | { readonly kind: "cancel"; readonly id: number }
);

/** A worker that says what none of ours would say: it is ended and replaced. */
export class WorkerFault extends Error {
  override readonly name = "WorkerFault";
}

const maxTextChars = 48 * 1024 * 1024;
const maxCoreBytes = 32 * 1024 * 1024;
const maxHeadChars = 5_000_000;
const maxSlotChars = 50_000;
const none = Buffer.alloc(0);

/** Decodes a frame; throws `WorkerFault` where it is not what a worker may say. */
export function readHeard(payload: Buffer, maxStateBytes: number): Heard {
  const frame = readFrame(payload);
  const { kind, session, n, parts } = frame;
  const [first = none, second] = parts;
  switch (kind) {
    case fromWorker.ready:
      return n === 0 ? { kind: "up" } : { kind: "loaded", loaded: read(readySchema, first, maxHeadChars) };
    case fromWorker.text:
      return readText(frame);
    case fromWorker.commit:
      if (first.length > maxCoreBytes || (second?.length ?? 0) > maxStateBytes)
        throw new WorkerFault("A smaller commit was expected.");
      return { kind: "commit", session, event: n, core: first, state: second };
    case fromWorker.bytes:
      return readBytes(frame);
    case fromWorker.release:
      return { kind: "release", session, handles: read(releaseSchema, first, maxHeadChars) };
    case fromWorker.slot:
    case fromWorker.read:
    case fromWorker.parse:
    case fromWorker.query:
    case fromWorker.cancel:
      return readAsked(frame);
    case fromWorker.cache:
      return readCache(frame);
    case fromWorker.piece:
    case fromWorker.broke:
      return readPiece(frame);
    case fromWorker.log:
      return { kind: "log", entry: read(logSchema, first, maxHeadChars) };
    case fromWorker.taken:
      return { kind: "taken", session };
    default:
      throw new WorkerFault("A frame of a known kind was expected.");
  }
}

/** What a session wants of others. */
function readAsked({ kind, session, n, parts: [first = none] }: WorkerFrame): SessionHeard {
  switch (kind) {
    case fromWorker.slot:
      return { kind: "slot", session, slot: read(slotSchema, first, maxSlotChars) };
    case fromWorker.read:
      return { kind: "read", session, id: n, read: read(readSchema, first, maxSlotChars) };
    case fromWorker.parse:
      return { kind: "parse", session, id: n, parse: read(parseSchema, first, maxHeadChars) };
    case fromWorker.query:
      return {
        kind: "query",
        session,
        id: n,
        request: read(brokerRequestSchema, first, queryLimits.requestChars),
      };
    default:
      return { kind: "cancel", session, id: n };
  }
}

function readText({ session, n, parts: [part = none] }: WorkerFrame): SessionHeard {
  const text = part.toString();
  const message = read(fromWorkerSchema, text, maxTextChars);
  const done = n === 0 ? undefined : n - 1;
  if (("done" in message ? message.done : undefined) !== done)
    throw new WorkerFault("The event that a message ends was expected.");
  return { kind: "text", session, message, text, done };
}

function readBytes({ session, n: flow, parts: [head = none, bytes = none] }: WorkerFrame): SessionHeard {
  const content = read(bytesSchema, head, maxHeadChars);
  // A number is the name of what is still to come.
  return flow > 0
    ? { kind: "flow", session, flow, content }
    : { kind: "bytes", session, content: { ...content, bytes } };
}

function readPiece({ kind, n: flow, parts: [bytes] }: WorkerFrame): PieceHeard {
  if ((bytes?.length ?? 0) > maxPieceBytes) throw new WorkerFault("A smaller piece was expected.");
  return { kind: "piece", flow, bytes, isBroken: kind === fromWorker.broke };
}

function readCache({ session, n, parts: [head = none, value = none] }: WorkerFrame): Heard {
  return { kind: "cache", session, n, request: read(cacheRequestSchema, head, maxCacheHeadChars), value };
}

function readFrame(payload: Buffer): WorkerFrame {
  try {
    return readWorkerFrame(payload);
  } catch (error) {
    throw new WorkerFault("A whole frame was expected.", { cause: error });
  }
}

function read<T>(schema: Schema<T>, text: Buffer | string, maxChars: number): T {
  const decoded: Decoded<T> = decodeText(schema, text.toString(), maxChars);
  if (!decoded.ok) throw new WorkerFault(`At ${decoded.at}: ${decoded.expected} was expected.`);
  return decoded.value;
}
