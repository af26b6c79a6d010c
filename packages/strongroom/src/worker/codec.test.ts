import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decode, encode, NotPlainError } from "./codec.ts";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

const hole: unknown[] = [];
hole.length = 1;

/** Values and their bytes: never to change, since sessions and caches are kept in them. */
const golden: readonly (readonly [unknown, string])[] = [
  [null, "00"],
  [undefined, "01"],
  [false, "02"],
  [true, "03"],
  [0, "040000000000000000"],
  [-0, "040000000000000080"],
  [1.5, "04000000000000f83f"],
  ["", "0500000000"],
  ["aé😀", "0507000000" + "61c3a9f09f9880"],
  [255n, "0602000000" + hex(Buffer.from("73"))],
  [-36n, "0603000000" + hex(Buffer.from("-10"))],
  [new Date(0), "070000000000000000"],
  [Uint8Array.of(1, 2), "0802000000" + "0102"],
  [[], "0900000000"],
  [[true, [null]], "0902000000" + "03" + "0901000000" + "00"],
  [{ a: 1n }, "0a01000000" + "0501000000" + "61" + "060100000031"],
  [new Map([[1n, true]]), "0b01000000" + "060100000031" + "03"],
  [new Set(["x"]), "0c01000000" + "0501000000" + "78"],
  ["\ud800", "0d02000000" + "00d8"],
  [hole, "0901000000" + "0e"],
  [Object.create(null), "0f00000000"],
  [Int16Array.of(1, -1), "1002" + "04000000" + "0100ffff"],
];

describe("the codec", () => {
  test.each(golden)("writes %o as it always has, and reads it back", (value, bytes) => {
    expect(hex(encode(value))).toBe(bytes);
    expect(decode(Buffer.from(bytes, "hex"))).toStrictEqual(value);
  });

  test("gives back what it was given", () => {
    const plain = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withNullPrototype: true,
      withObjectString: false,
      withSparseArray: true,
      key: fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("__proto__", "constructor", "toString")),
    });
    fc.assert(
      fc.property(plain, (value) => {
        // Vitest's equality takes `__proto__` for a prototype.
        expect(isDeepStrictEqual(decode(encode(value)), value)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test("keeps __proto__ as a name and nobody's prototype", () => {
    const value = JSON.parse('{"__proto__":{"isAdmin":true}}') as object;
    const read = decode(encode(value)) as { isAdmin?: boolean };
    expect(Object.keys(read)).toEqual(["__proto__"]);
    expect(read.isAdmin).toBeUndefined();
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
  });

  test("writes a long text and many small ones", () => {
    const value = {
      long: "é".repeat(300_000),
      many: Array.from({ length: 20_000 }, (_, index) => `${index}`),
    };
    expect(decode(encode(value))).toEqual(value);
  });

  test("does not mix values when a getter encodes in the middle of another", () => {
    const value = {
      a: "before",
      get b() {
        return hex(encode("inner"));
      },
      c: "after",
    };
    expect(decode(encode(value))).toEqual({ a: "before", b: "0505000000696e6e6572", c: "after" });
  });

  test("is free again after it has refused", () => {
    expect(() => encode({ a: () => 1 })).toThrow(NotPlainError);
    expect(decode(encode("next"))).toBe("next");
  });
});

describe("different data has different bytes", () => {
  test.each([
    [
      ["ab", "c"],
      ["a", "bc"],
    ],
    [
      [1, [2]],
      [[1], 2],
    ],
    [["1"], [1]],
    [[1], [1n]],
    [[null], [undefined]],
    [[], [undefined]],
    [[{}], [[]]],
    [[new Date(0)], [0]],
    [[new Set([1])], [[1]]],
    [[{ a: undefined }], [{}]],
    [[0], [-0]],
    [[{ a: 1, b: 2 }], [{ b: 2, a: 1 }]],
    [
      [
        new Map([
          [1, 1],
          [2, 2],
        ]),
      ],
      [
        new Map([
          [2, 2],
          [1, 1],
        ]),
      ],
    ],
    [[new Set([1, 2])], [new Set([2, 1])]],
    [[hole], [[undefined]]],
    [[Object.create(null)], [{}]],
    [[Uint8Array.of(1)], [[1]]],
    [[Uint8Array.of(1)], [Int8Array.of(1)]],
    [[Float32Array.of(0)], [Int32Array.of(0)]],
  ])("%o and %o", (a, b) => {
    expect(hex(encode(a))).not.toBe(hex(encode(b)));
  });

  test("and every NaN is the same", () => {
    const [odd] = new Float64Array(Uint8Array.of(1, 2, 3, 4, 5, 6, 0xf8, 0x7f).buffer);
    expect(hex(encode(odd))).toBe(hex(encode(Number.NaN)));
  });
});

describe("what is not plain data", () => {
  class Client {}
  const circle: unknown[] = [];
  circle.push({ to: circle });
  const tree: { children: unknown[]; parent?: unknown } = { children: [] };
  for (let index = 0; index < 10; index++) tree.children.push({ children: [], parent: tree });
  let deep: unknown = 1;
  for (let depth = 0; depth < 200; depth++) deep = [deep];

  test.each([
    [() => 1, "", "a function"],
    [{ a: [Symbol("x")] }, "a[0]", "a symbol"],
    [{ a: { b: new Client() } }, "a.b", "an instance of Client"],
    [new Map([["k", new Client()]]), "k", "an instance of Client"],
    [new Set([new Client()]), "(member)", "an instance of Client"],
    [[new DataView(new ArrayBuffer(1))], "[0]", "an instance of DataView"],
    [new Error("x"), "", "an instance of Error"],
    [Promise.resolve(1), "", "an instance of Promise"],
    [circle, "[0].to", "circular"],
    [tree, "children[0].parent", "circular"],
    [deep, "[0][0][0][0][0][0][0][0][0][0][0][0]", "more than 100 deep"],
  ])("is named with its place (%#)", (value, at, found) => {
    expect(() => encode(value)).toThrow(
      expect.objectContaining({ name: "NotPlainError", at, found }) as Error,
    );
  });
});

describe("hostile bytes", () => {
  test.each([
    ["nothing", ""],
    ["an unknown tag", "11"],
    ["a hole where no list is", "0e"],
    ["a hole in a set", "0c01000000" + "0e"],
    ["numbers of an unknown kind", "10ff" + "00000000"],
    ["half a number", "1002" + "01000000" + "00"],
    ["a number cut short", "0400"],
    ["a text longer than what follows", "05ffffffff61"],
    ["a list of four thousand million", "09ffffffff"],
    ["an object of four thousand million", "0affffffff"],
    ["a map of four thousand million", "0bffffffff"],
    ["a name that is no text", "0a01000000" + "00" + "00"],
    ["a name that is a list of itself", "0a01000000" + "0900000000" + "00"],
    ["digits that are none", "0602000000" + hex(Buffer.from("é"))],
    ["an empty number", "0600000000"],
    ["half a character", "0d01000000" + "00"],
    ["more behind the value", "0000"],
    ["a depth without end", "0901000000".repeat(5_000) + "00"],
  ])("%s is refused", (_, bytes) => {
    expect(() => decode(Buffer.from(bytes, "hex"))).toThrow(RangeError);
  });

  test("of any kind make plain data or a RangeError, and nothing else", () => {
    const noise = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.tuple(fc.jsonValue(), fc.nat(), fc.nat(255)).map(([value, at, byte]) => {
        const bytes = encode(value);
        bytes[at % bytes.length] = byte;
        return bytes;
      }),
    );
    fc.assert(
      fc.property(noise, (bytes) => {
        let value: unknown;
        try {
          value = decode(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
          return;
        }
        expect(() => encode(value)).not.toThrow();
      }),
      { numRuns: 2_000 },
    );
  });
});
