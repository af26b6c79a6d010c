import { hash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { describe, expect, test } from "vitest";
import { functionName, keyOfArguments } from "./cache-key.ts";

const keyOf = (...args: readonly unknown[]): string => keyOfArguments("cacheData", args).key;

/** Dice that fall the same way each time. */
class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  roll(sides: number): number {
    // The generator of Park and Miller.
    this.#state = (this.#state * 48_271) % 2_147_483_647;
    return this.#state % sides;
  }

  of<T>(sides: readonly T[]): T {
    return sides[this.roll(sides.length)] as T;
  }
}

/** Values that a careless key would take for each other. */
const alike: readonly (() => unknown)[] = [
  ...[0, -0, 1, -1, Number.NaN, Infinity, -Infinity, 0.1, 2 ** 53, 1e21, 5e-324].map((n) => () => n),
  ...[0n, 1n, -1n, 10n ** 30n].map((n) => () => n),
  ...["", "0", "1", "-0", "NaN", "null", "true", "1n", "a", "ab", "b", "a,b", "a\0b", '"', "[]", "{}"].map(
    (text) => () => text,
  ),
  ...["é", "e\u0301", "\ud800", "\ufffd", "😀", "__proto__", "doc1", "acme", "doc1acme"].map(
    (text) => () => text,
  ),
  ...[null, undefined, true, false].map((value) => () => value),
  ...[0, 1, 1e12, Number.NaN].map((time) => () => new Date(time)),
  () => Uint8Array.of(1),
  () => Uint8Array.of(1, 0),
  () => Int8Array.of(1),
  () => Float64Array.of(1),
  () => BigInt64Array.of(1n),
  () => Buffer.from("1"),
];

const names = ["a", "b", "ab", "__proto__", "0", "1", "length", ""] as const;

function random(dice: Dice, depth: number): unknown {
  if (depth === 0 || dice.roll(3) > 0) return dice.of(alike)();
  const items = (): unknown[] => Array.from({ length: dice.roll(4) }, () => random(dice, depth - 1));
  switch (dice.roll(6)) {
    case 0:
      return items();
    case 1: {
      const holed = items();
      holed.length += dice.roll(2);
      return holed;
    }
    case 2:
      return new Set(items());
    case 3:
      return new Map(items().map((item) => [item, random(dice, depth - 1)]));
    default: {
      const object = (dice.roll(8) === 0 ? Object.create(null) : {}) as object;
      for (const value of items())
        Object.defineProperty(object, dice.of(names), {
          value,
          enumerable: true,
          configurable: true,
          writable: true,
        });
      return object;
    }
  }
}

/** Another way to write a value down, so that equal texts are equal values: what the key is held against. */
function text(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value !== "object" || value === null) return Object.is(value, -0) ? "-0" : String(value);
  if (value instanceof Date) return `Date(${value.getTime()})`;
  if (ArrayBuffer.isView(value)) {
    const name = value instanceof Uint8Array ? "Uint8Array" : value.constructor.name;
    return `${name}(${[...(value as Uint8Array)].join()})`;
  }
  if (value instanceof Set) return `Set(${[...value].map(text).join()})`;
  if (value instanceof Map)
    return `Map(${[...value].map(([key, item]) => `${text(key)}=>${text(item)}`).join()})`;
  if (Array.isArray(value))
    return `[${Array.from({ length: value.length }, (_, at) => (at in value ? text(value[at]) : "hole")).join()}]`;
  const prefix = Object.getPrototypeOf(value) === null ? "bare" : "";
  return `${prefix}{${Object.entries(value)
    .map(([name, item]) => `${JSON.stringify(name)}:${text(item)}`)
    .join()}}`;
}

test(
  "a million random tuples of arguments: unequal ones never share a key, equal ones always do",
  { timeout: 120_000 },
  () => {
    const dice = new Dice(20_261_125);
    const texts = new Map<string, string>();
    const keys = new Map<string, string>();
    const short = (long: string): string => (long.length > 24 ? hash("md5", long, "base64") : long);
    for (let count = 0; count < 1_000_000; count++) {
      const args = Array.from({ length: dice.roll(4) }, () => random(dice, 2));
      const key = keyOf(...args).slice(0, 20);
      const written = short(text(args));
      const known = texts.get(key);
      if (known === undefined) {
        if (keys.has(written)) throw new Error(`Equal arguments have two keys: ${text(args)}`);
        texts.set(key, written);
        keys.set(written, key);
      } else if (known !== written) throw new Error(`Two share a key: ${text(args)}`);
    }
    expect(texts.size).toBeGreaterThan(300_000);
  },
);

describe("the published collisions", () => {
  test.each([
    ["arguments that run into each other", ["doc1", "acme"], ["doc1acme"]],
    ["a separator in an argument", ["doc1", "acme"], ["doc1\0acme"]],
    ["a quoted separator in an argument", ["doc1", "acme"], ['doc1","acme']],
    ["a crafted list", ["doc1", "acme"], [["doc1", "acme"]]],
    ["a crafted object", ["doc1", "acme"], [{ 0: "doc1", 1: "acme" }]],
    ["our own bytes in an argument", ["doc1", "acme"], ["doc1\u0005\u0004\0\0\0acme"]],
    ["an argument left out", [undefined], []],
    ["an argument at the end", ["doc1", undefined], ["doc1"]],
    ["arguments in another order", ["acme", "doc1"], ["doc1", "acme"]],
  ])("%s", (_, one, other) => {
    expect(keyOf(...one)).not.toBe(keyOf(...other));
  });

  test("large lists that differ in one place, whichever it is", () => {
    const size = 600_000;
    const numbers = new Float64Array(size);
    const rows = Array.from({ length: 60_000 }, (_, id) => ({ id, price: 1 }));
    const seen = new Set([keyOf(numbers), keyOf(rows), keyOf(Array.from(numbers))]);
    const places = [0, 1, 77, size / 2, size - 2, size - 1];
    for (const at of places) {
      const changed = numbers.slice();
      changed[at] = 1e-300;
      seen.add(keyOf(changed));
      const row = Math.floor(at / 10);
      seen.add(keyOf(rows.with(row, { id: row, price: 2 + at })));
    }
    expect(seen.size).toBe(3 + 2 * places.length);
  });

  test("pictures that differ in their palette alone", () => {
    const picture = Buffer.alloc(4_000, 7);
    const other = Buffer.from(picture);
    other[40] = 8;
    expect(keyOf(picture)).not.toBe(keyOf(other));
    expect(keyOf({ pixels: picture, palette: [1, 2] })).not.toBe(keyOf({ pixels: picture, palette: [2, 1] }));
  });
});

describe("what the function sees", () => {
  test("is what the key says, whatever becomes of the caller's object", () => {
    const query = { region: "EU", tags: ["a"] };
    const { args } = keyOfArguments("cacheData", [query, 1]);
    query.region = "US";
    query.tags.push("b");
    expect(args()).toEqual([{ region: "EU", tags: ["a"] }, 1]);
  });

  test("knows nothing of what the key leaves out", () => {
    const match = /(?<id>\d)/.exec("x1");
    const hidden = Object.defineProperty({ shown: 1 }, "hidden", { value: 2 });
    class Rows extends Map<string, number> {
      owner = "ann";
    }
    const [list, object, map] = keyOfArguments("cacheData", [match, hidden, new Rows([["a", 1]])]).args() as [
      RegExpExecArray,
      { hidden?: number },
      Rows,
    ];
    expect(list.groups).toBeUndefined();
    expect(object.hidden).toBeUndefined();
    expect(isDeepStrictEqual(map, new Map([["a", 1]]))).toBe(true);
  });
});

test("a function is named by kind, place and version, which do not run into each other", () => {
  const names = [
    functionName("cacheData", "app.ts:1:1", "v1"),
    functionName("cacheData", "app.ts:1:1", "v2"),
    functionName("cacheData", "app.ts:1:11", "v1"),
    functionName("cacheResource", "app.ts:1:1", "v1"),
    functionName("cacheData", "app.ts:1:", "1v1"),
  ];
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[A-Za-z0-9_-]{43}$/);
});
