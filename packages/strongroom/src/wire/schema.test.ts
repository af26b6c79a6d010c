import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sameJson } from "./same-json.ts";
import { s } from "./s.ts";
import { decode, type Json, type Schema } from "./schema.ts";

const fits = (schema: Schema<unknown>, value: unknown): boolean => decode(schema, value).ok;

describe("a schema", () => {
  const point = s.object({ x: s.number({ min: 0, max: 10 }), label: s.optional(s.string({ maxLength: 5 })) });
  const shape = s.variant("kind", {
    dot: s.object({ kind: s.literal("dot"), at: point }),
    path: s.object({ kind: s.literal("path"), points: s.array(point, { max: 2, min: 1 }) }),
  });

  test.each<[string, Schema<unknown>, unknown, boolean]>([
    ["text of the right length", s.string({ minLength: 1, maxLength: 2 }), "ab", true],
    ["text that is too long", s.string({ maxLength: 2 }), "abc", false],
    ["text that is too short", s.string({ minLength: 1, maxLength: 2 }), "", false],
    ["text of another form", s.string({ maxLength: 9, pattern: /^a+$/ }), "aab", false],
    ["a text object", s.string({ maxLength: 9 }), Object("a"), false],
    ["a number at its limit", s.number({ min: 0, max: 1 }), 1, true],
    ["a number past its limit", s.number({ min: 0, max: 1 }), 1.01, false],
    ["no number", s.number(), Number.NaN, false],
    ["a number without end", s.number(), Infinity, false],
    ["half a whole number", s.number({ integer: true }), 0.5, false],
    ["a whole number beyond what is exact", s.number({ integer: true }), 2 ** 53, false],
    ["a number as text", s.number(), "1", false],
    ["one of the options", s.oneOf(["a", "b"]), "b", true],
    ["none of the options", s.oneOf(["a", "b"]), "c", false],
    ["a list of an option", s.oneOf(["a"]), ["a"], false],
    ["a name that every object has", s.literal("a"), "toString", false],
    ["a list with a member too many", s.array(s.boolean, { max: 1 }), [true, true], false],
    ["a list with a member twice", s.array(s.number(), { max: 3, unique: true }), [1, 1], false],
    ["something like a list", s.array(s.number(), { max: 3 }), { length: 1, 0: 1 }, false],
    ["a list with a hole", s.array(s.number(), { max: 3 }), Array(2), false],
    ["a list that is too short for a tuple", s.tuple(s.number(), s.number()), [1], false],
    ["an object without what may be left out", point, { x: 1 }, true],
    ["an object with a field unset", point, { x: 1, label: undefined }, false],
    ["an object without what may not be left out", point, { label: "a" }, false],
    ["an object with a field too many", point, { x: 1, y: 1 }, false],
    ["null as an object", point, null, false],
    ["a list as an object", point, [1], false],
    ["a record", s.record(s.number(), { maxKeys: 1 }), { a: 1 }, true],
    ["a record with a key too many", s.record(s.number(), { maxKeys: 1 }), { a: 1, b: 1 }, false],
    ["a record with a key too long", s.record(s.number(), { maxKeys: 1, maxKeyLength: 1 }), { ab: 1 }, false],
    ["a record with a prototype", s.record(s.number(), { maxKeys: 1 }), JSON.parse('{"__proto__":1}'), false],
    ["a member of a variant", shape, { kind: "path", points: [{ x: 1 }] }, true],
    ["a member of a variant with another's field", shape, { kind: "dot", points: [{ x: 1 }] }, false],
    ["an inherited name as a variant", shape, { kind: "__proto__" }, false],
    ["null where it may be", s.nullable(s.boolean), null, true],
    ["nothing where null may be", s.nullable(s.boolean), undefined, false],
    ["plain data", s.json({ maxDepth: 2, maxNodes: 3 }), { a: [1] }, true],
    ["plain data that is too deep", s.json({ maxDepth: 1, maxNodes: 9 }), { a: [1] }, false],
    ["plain data with too many values", s.json({ maxDepth: 2, maxNodes: 3 }), [1, 2, 3], false],
    ["plain data with a function", s.json({ maxDepth: 2, maxNodes: 9 }), [() => 1], false],
    ["plain data with a hole", s.json({ maxDepth: 2, maxNodes: 9 }), [undefined], false],
  ])("takes or refuses %s", (_, schema, value, isTaken) => {
    expect(fits(schema, value)).toBe(isTaken);
  });

  test("says where, and what was expected, and never what came", () => {
    const refused = decode(shape, { kind: "path", points: [{ x: 1 }, { x: "hunter2" }] });
    expect(refused).toEqual({ ok: false, at: "$.points[1].x", expected: "a number from 0 to 10" });
  });

  test("takes what JSON makes of any plain data, within its limits", () => {
    const schema = s.json({ maxDepth: 100, maxNodes: 1_000_000 });
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(fits(schema, JSON.parse(JSON.stringify(value)))).toBe(
          !/"(__proto__|constructor|prototype)":/.test(JSON.stringify(value)),
        );
      }),
    );
  });
});

describe("equality of plain data", () => {
  test("is that of its JSON, whatever the order of names", () => {
    const sorted = (value: Json): Json => {
      if (typeof value !== "object" || value === null) return value;
      if (Array.isArray(value)) return value.map((item: Json) => sorted(item));
      return Object.fromEntries(
        Object.entries(value)
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, item]) => [name, sorted(item)]),
      );
    };
    // Short names and few values, so that some are equal.
    const value = fc.letrec<{ value: Json }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom<Json[]>(null, 0, 1, "", "a", true),
        fc.array(tie("value"), { maxLength: 2 }),
        fc.dictionary(fc.constantFrom("a", "b"), tie("value"), { maxKeys: 2, noNullPrototype: true }),
      ),
    })).value;
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(sameJson(a, b)).toBe(JSON.stringify(sorted(a)) === JSON.stringify(sorted(b)));
        expect(sameJson(a, structuredClone(a))).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});
