import { readFileSync } from "node:fs";
import type { Dice } from "../../chaos/dice.ts";
import { mangle } from "./mangle.ts";

interface Golden {
  readonly valid: readonly string[];
  readonly hostile: readonly { readonly frame: string }[];
}

const goldenFile = new URL("../../../packages/strongroom/src/wire/golden/up.json", import.meta.url);
const golden = JSON.parse(readFileSync(goldenFile, "utf8")) as Golden; // our own file
const frames = [...golden.valid, ...golden.hostile.map(({ frame }) => frame)] as [string, ...string[]]; // there are many

export const opcodes = { text: 1, bytes: 2, close: 8, ping: 9 } as const;

/** A whole frame of a client (RFC 6455, 5.2). */
export function frameOf(opcode: number, payload: Buffer, first: number = 0x80 | opcode): Buffer {
  const { length } = payload;
  const head =
    length < 126
      ? Buffer.from([first, 0x80 | length])
      : length < 65_536
        ? Buffer.from([first, 0x80 | 126, length >> 8, length & 255])
        : Buffer.from([
            first,
            0x80 | 127,
            0,
            0,
            0,
            0,
            length >>> 24,
            (length >> 16) & 255,
            (length >> 8) & 255,
            length & 255,
          ]);
  const mask = Buffer.from([7, 11, 13, 17]);
  const masked = Buffer.from(payload);
  for (let at = 0; at < length; at++) masked[at] = (masked[at] ?? 0) ^ (mask[at & 3] ?? 0);
  return Buffer.concat([head, mask, masked]);
}

/** One frame that no browser of ours sends, of an attacker who knows the ids of a page. */
export function malformedFrame(ids: readonly [string, ...string[]], n: number, throws: Dice): Buffer {
  switch (throws.roll(8)) {
    case 0:
      return brokenFrame(throws);
    case 1:
    case 2:
      return frameOf(opcodes.text, Buffer.from(mangle(throws.pick(frames), throws)));
    case 3:
      return frameOf(opcodes.text, Buffer.from(throws.pick(frames)));
    default: // JSON that is in order, and answers that are not
      return frameOf(opcodes.text, Buffer.from(JSON.stringify(oddEvent(ids, n, throws))));
  }
}

/** Wrong by the protocol of sockets itself. */
function brokenFrame(throws: Dice): Buffer {
  const payload = Buffer.from(mangle(throws.pick(frames), throws));
  const whole = frameOf(opcodes.text, payload);
  switch (throws.roll(6)) {
    case 0: // reserved bits, opcodes that nobody knows, pieces without an end
      return frameOf(0, payload.subarray(0, 100), throws.roll(256));
    case 1: // no mask
      return Buffer.concat([Buffer.from([0x81, Math.min(125, payload.length)]), payload.subarray(0, 125)]);
    case 2:
      return frameOf(opcodes.bytes, payload);
    case 3:
      return frameOf(opcodes.close, payload.subarray(0, 125));
    case 4: // a length that is a lie
      return Buffer.concat([Buffer.from([0x81, 0xff, 0x7f, 255, 255, 255, 255, 255, 255, 255]), payload]);
    default: {
      whole[throws.roll(whole.length)] = throws.roll(256);
      return whole;
    }
  }
}

function oddEvent(ids: readonly [string, ...string[]], n: number, throws: Dice): object {
  const id = throws.roll(4) === 0 ? mangle(throws.pick(ids), throws) : throws.pick(ids);
  const value = oddValue(throws);
  const event = { t: "event", n: throws.roll(8) === 0 ? throws.roll(2 ** 31) : n, tree: throws.roll(4) };
  switch (throws.roll(5)) {
    case 0:
      return { ...event, trigger: { id, value } };
    case 1:
      return { ...event, page: String(oddValue(throws)).slice(0, 200) };
    case 2:
      return { ...event, query: mangle("id=7&tab=open", throws) };
    default:
      return { ...event, values: { [id]: value, [throws.pick(ids)]: oddValue(throws) } };
  }
}

function oddValue(throws: Dice): unknown {
  return throws.pick<unknown>([
    null,
    true,
    -1,
    1e308,
    0.1,
    "",
    "../../etc/passwd",
    mangle("x".repeat(20), throws),
    "x".repeat(50_000),
    [],
    [null, [null, [null]]],
    {},
    { length: 1 },
    ["EU", "EU"],
    "2026-02-30",
    { constructor: { prototype: {} } },
  ]);
}
