import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { frame, FrameReader, maxFrameBytes } from "./frames.ts";
import { fromWorker, readWorkerFrame, toWorker, writeWorkerFrame } from "./worker-frames.ts";

const payloadOf = (bytes: Buffer): Buffer => bytes.subarray(4);

describe("a worker's frame", () => {
  test("is the same bytes as ever", () => {
    const bytes = writeWorkerFrame({
      kind: fromWorker.commit,
      session: 7,
      n: 2 ** 40,
      parts: ["core", Buffer.from("s")],
    });
    expect(bytes.toString("hex")).toBe(
      "0000001b" +
        "02" +
        "02" +
        "00000007" +
        "4270000000000000" +
        "00000004" +
        "00000001" +
        "636f7265" +
        "73",
    );
  });

  test("comes out as it went in", () => {
    const frames = fc.record({
      kind: fc.nat(255),
      session: fc.nat(2 ** 32 - 1),
      n: fc.maxSafeNat(),
      parts: fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 3 }),
    });
    fc.assert(
      fc.property(frames, (given) => {
        const read = readWorkerFrame(payloadOf(writeWorkerFrame(given)));
        expect({ ...read, parts: read.parts.map((part) => [...part]) }).toEqual({
          ...given,
          parts: given.parts.map((part) => [...part]),
        });
      }),
    );
  });

  test("has a kind of its own for each message", () => {
    for (const kinds of [toWorker, fromWorker])
      expect(new Set(Object.values(kinds)).size).toBe(Object.keys(kinds).length);
  });

  const good = (): Buffer => payloadOf(writeWorkerFrame({ kind: 1, session: 2, n: 3, parts: ["part"] }));
  test.each([
    ["is empty", () => Buffer.alloc(0)],
    ["is cut short in its head", () => good().subarray(0, 10)],
    ["is cut short in a part", () => good().subarray(0, -1)],
    ["goes on behind its parts", () => Buffer.concat([good(), Buffer.of(0)])],
    ["has four parts", () => Buffer.concat([Buffer.of(4), Buffer.alloc(29)])],
    ["has a part longer than itself", () => Buffer.from(good().fill(0xff, 14, 18))],
    ["has half a number", () => payloadOf(writeWorkerFrame({ kind: 1, n: 0.5 }))],
    ["has a number below zero", () => payloadOf(writeWorkerFrame({ kind: 1, n: -1 }))],
    ["has a number that is none", () => payloadOf(writeWorkerFrame({ kind: 1, n: Number.NaN }))],
    ["has a number without end", () => payloadOf(writeWorkerFrame({ kind: 1, n: Infinity }))],
  ])("that %s is refused", (_, make) => {
    expect(() => readWorkerFrame(make())).toThrow(RangeError);
  });

  test("of any bytes is read or refused, and nothing else", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        try {
          readWorkerFrame(Buffer.from(bytes));
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("a stream of frames", () => {
  test("is cut where its frames end, however it arrives", () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 40 })),
        fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }),
        (payloads, sizes) => {
          const whole = Buffer.concat(payloads.map((payload) => frame(payload)));
          const reader = new FrameReader();
          const read: number[][] = [];
          for (let at = 0, turn = 0; at < whole.length; turn++) {
            const size = sizes[turn % sizes.length] ?? 1;
            reader.push(whole.subarray(at, at + size));
            at += size;
            for (let payload = reader.next(); payload !== undefined; payload = reader.next())
              read.push([...payload]);
          }
          expect(read).toEqual(payloads.map((payload) => [...payload]));
        },
      ),
    );
  });

  test("refuses a frame that is too large before it has come", () => {
    const reader = new FrameReader(100);
    const head = Buffer.alloc(4);
    head.writeUInt32BE(101);
    reader.push(head);
    expect(() => reader.next()).toThrow(/at most 100 bytes/);
    const large = new FrameReader();
    head.writeUInt32BE(maxFrameBytes + 1);
    large.push(head);
    expect(() => large.next()).toThrow(RangeError);
  });
});
