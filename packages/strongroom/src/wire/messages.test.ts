import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { limits } from "./limits.ts";
import { downSchema, fromWorkerSchema, upSchema } from "./messages.ts";
import { decodeText } from "./schema.ts";

interface Golden {
  readonly valid: readonly string[];
  readonly hostile: readonly { readonly why: string; readonly frame: string }[];
  readonly notFromWorkers?: readonly string[];
}

const golden = (name: string): Golden =>
  JSON.parse(readFileSync(new URL(`golden/${name}.json`, import.meta.url), "utf8")) as Golden;

const maxChars = 1_000_000;
const up = golden("up");
const down = golden("down");

describe("a frame from a browser", () => {
  test.each(up.valid)("%s is taken as it is", (frame) => {
    expect(decodeText(upSchema, frame, maxChars)).toEqual({ ok: true, value: JSON.parse(frame) });
  });

  test.each(up.hostile)("with $why is refused, and the refusal says nothing of it", ({ frame }) => {
    const refused = decodeText(upSchema, frame, maxChars);
    expect(refused.ok).toBe(false);
    expect(JSON.stringify(refused)).not.toMatch(/admin|secrets|rm|AAAA|xxxx/);
  });

  test("that is longer than it may be is not parsed", () => {
    const frame = JSON.stringify({ t: "stop" });
    expect(decodeText(upSchema, frame, frame.length - 1)).toEqual({
      ok: false,
      at: "$",
      expected: "at most 11 characters",
    });
  });

  test("with more answers, or larger ones, than an event brings is refused", () => {
    const event = (values: unknown): string => JSON.stringify({ t: "event", n: 1, tree: 1, values });
    const many = (count: number): unknown =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`w${index}`, 1]));
    expect(decodeText(upSchema, event(many(limits.valuesPerEvent)), maxChars).ok).toBe(true);
    expect(decodeText(upSchema, event(many(limits.valuesPerEvent + 1)), maxChars).ok).toBe(false);
    const large = (size: number): unknown => ({ a: Array.from({ length: size }, () => 1) });
    expect(decodeText(upSchema, event(large(limits.valueNodes - 1)), maxChars).ok).toBe(true);
    expect(decodeText(upSchema, event(large(limits.valueNodes)), maxChars).ok).toBe(false);
  });

  test("with a depth without end is refused, not followed", () => {
    const frame = `{"t":"event","n":1,"tree":1,"values":{"a":${"[".repeat(200_000)}${"]".repeat(200_000)}}}`;
    expect(decodeText(upSchema, frame, maxChars).ok).toBe(false);
  });
});

describe("a frame for a browser", () => {
  test.each(down.valid)("%s is taken as it is", (frame) => {
    expect(decodeText(downSchema, frame, maxChars)).toEqual({ ok: true, value: JSON.parse(frame) });
  });

  test.each(down.hostile)("with $why is refused", ({ frame }) => {
    expect(decodeText(downSchema, frame, maxChars).ok).toBe(false);
    expect(decodeText(fromWorkerSchema, frame, maxChars).ok).toBe(false);
  });

  test.each(down.notFromWorkers ?? [])("%s is the gateway's to say, not a worker's", (frame) => {
    expect(decodeText(downSchema, frame, maxChars).ok).toBe(true);
    expect(decodeText(fromWorkerSchema, frame, maxChars).ok).toBe(false);
  });
});
