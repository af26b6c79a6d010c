/** The frames between gateway and broker: a number and JSON text. The number 0 sets the broker up. */
import { frame } from "./frames.ts";

const headBytes = 4;
/** Numbers go round after so many: none of them is asked for so long. */
export const maxBrokerId = 0xffff_ffff;

export function writeBrokerFrame(id: number, text: Uint8Array): Buffer {
  const head = Buffer.allocUnsafe(headBytes);
  head.writeUInt32BE(id);
  return frame(head, text);
}

/** Reads a frame; one without a number throws. */
export function readBrokerFrame(payload: Buffer): { readonly id: number; readonly text: Buffer } {
  return { id: payload.readUInt32BE(0), text: payload.subarray(headBytes) };
}
