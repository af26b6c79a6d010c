import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { Sealer } from "./seal.ts";

const root = randomBytes(32);
const value = Buffer.from("what a viewer typed");

describe("a sealed value", () => {
  test("opens in its place, also for a later process with the same key", () => {
    const sealed = new Sealer(root).seal("sessions/a/head", value);
    expect(new Sealer(root).open("sessions/a/head", sealed)).toEqual(value);
  });

  test("shows nothing of what it holds", () => {
    expect(new Sealer(root).seal("a", value).includes(Buffer.from("viewer"))).toBe(false);
  });

  test("differs each time", () => {
    const sealer = new Sealer(root);
    expect(sealer.seal("a", value)).not.toEqual(sealer.seal("a", value));
  });

  test("does not open in another place, with another key, or changed in any byte", () => {
    const sealer = new Sealer(root);
    const sealed = sealer.seal("sessions/a/head", value);
    expect(() => sealer.open("sessions/b/head", sealed)).toThrow("does not open");
    expect(() => new Sealer(randomBytes(32)).open("sessions/a/head", sealed)).toThrow("does not open");
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => sealer.open("sessions/a/head", changed)).toThrow("does not open");
    }
  });

  test("does not open when it is cut short, at any length", () => {
    const sealer = new Sealer(root);
    const sealed = sealer.seal("a", value);
    for (let length = 0; length < sealed.length; length++) {
      expect(() => sealer.open("a", sealed.subarray(0, length))).toThrow("does not open");
    }
  });

  test("may be empty", () => {
    const sealer = new Sealer(root);
    expect(sealer.open("a", sealer.seal("a", Buffer.alloc(0)))).toHaveLength(0);
  });
});
