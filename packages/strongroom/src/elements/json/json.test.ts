import { expect, test } from "vitest";
import { beginRun, nodesOf } from "../../testing/nodes-of.ts";
import { json } from "./json.server.ts";

const shown = (value: unknown): unknown => JSON.parse(nodesOf(() => json(value))[0]?.props["text"] as string);

test("says what JSON has no word for", () => {
  const value = {
    at: new Date(0),
    never: new Date(Number.NaN),
    big: 2n ** 64n,
    small: 5n,
    none: undefined,
    list: [undefined, Number.NaN, Infinity],
    map: new Map([["a", 1]]),
    pairs: new Map([[1, "a"]]),
    set: new Set([1, 2]),
    bytes: new Uint8Array(2_000),
    call: function named() {},
    error: new TypeError("no"),
    own: { toJSON: () => "mine" },
  };
  expect(shown(value)).toEqual({
    at: "1970-01-01T00:00:00.000Z",
    never: "Invalid Date",
    big: "18446744073709551616",
    small: 5,
    list: [null, "NaN", "Infinity"],
    map: { a: 1 },
    pairs: [[1, "a"]],
    set: [1, 2],
    bytes: "[2,000 bytes]",
    call: "ƒ named",
    error: { name: "TypeError", message: "no" },
    own: "mine",
  });
});

test("shows keys that name the prototype as any other", () => {
  expect(nodesOf(() => json(JSON.parse('{"__proto__": 1, "constructor": 2}')))[0]?.props["text"]).toBe(
    '{"__proto__":1,"constructor":2}',
  );
});

test("shows a value that holds itself, and one that is very deep", () => {
  const circle: { self?: unknown; twice: unknown[] } = { twice: [1] };
  circle.self = circle;
  expect(shown([circle, circle.twice])).toEqual([{ twice: [1], self: "[circular]" }, [1]]);
  let deep: unknown = 1;
  for (let depth = 0; depth < 10_000; depth++) deep = [deep];
  expect(JSON.stringify(shown(deep))).toContain("[…]");
});

test("takes JSON as text, and refuses other text", () => {
  expect(shown('{ "a": [1] }')).toEqual({ a: [1] });
  // Half a character, which HTML cannot hold.
  expect(shown(String.raw`["\ud83d"]`)).toEqual(["\ufffd"]);
  expect(shown(["\ud83d"])).toEqual(["\ufffd"]);
  expect(() => beginRun().call(() => json("{a: 1}"))).toThrow("this text is not JSON");
});

test("says what to do with more than a page can hold", () => {
  for (const value of ["x".repeat(2_000_000), Array.from({ length: 200_000 }, () => 0)]) {
    expect(() => beginRun().call(() => json([value]))).toThrow("at most 1,000,000 characters as JSON");
  }
});
