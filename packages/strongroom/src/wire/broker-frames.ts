/** The frames between gateway and broker. */
import { frame } from "./frames.ts";

/** What the gateway tells the broker. */
export const toBroker = {
  setup: 0,
  ask: 1,
  /** Nobody waits for the answer any more. */
  cancel: 2,
  /** A part has been handed on: another one may be sent. */
  more: 3,
  /** An asker is gone, and what was held for it goes too. */
  release: 4,
  /** Does it still answer? */
  ping: 5,
} as const;
/** What the broker tells the gateway. */
export const fromBroker = { part: 0, end: 1, pong: 2 } as const;

/** So many parts of one answer are on their way at once. */
export const partsAhead = 4;

/** Who asks: a worker, by a number that is never used again, and one of its sessions; session 0 means all of them. */
export interface Asker {
  readonly worker: number;
  readonly session: number;
}

export interface BrokerFrame {
  readonly kind: number;
  /** The question's number. */
  readonly id: number;
  readonly asker: Asker;
  readonly text: Buffer;
}

const headBytes = 13;
/** Numbers go round after so many: none of them is asked for so long. */
export const maxBrokerId = 0xffff_ffff;
export const nobody: Asker = { worker: 0, session: 0 };

export function writeBrokerFrame(
  kind: number,
  id: number,
  { asker = nobody, text = "" }: { readonly asker?: Asker; readonly text?: string | Uint8Array } = {},
): Buffer {
  const head = Buffer.allocUnsafe(headBytes);
  head[0] = kind;
  head.writeUInt32BE(id, 1);
  head.writeUInt32BE(asker.worker, 5);
  head.writeUInt32BE(asker.session, 9);
  return frame(head, typeof text === "string" ? Buffer.from(text) : text);
}

/** Reads a frame; one without a whole head throws. */
export function readBrokerFrame(payload: Buffer): BrokerFrame {
  return {
    kind: payload.readUInt8(0),
    id: payload.readUInt32BE(1),
    asker: { worker: payload.readUInt32BE(5), session: payload.readUInt32BE(9) },
    text: payload.subarray(headBytes),
  };
}
