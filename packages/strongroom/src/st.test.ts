import { describe, expect, test } from "vitest";
import { st, StrongroomError } from "./st.ts";
import { openPage } from "./testing/open-page.ts";

/** Every function and declaration that can be reached from `st` by names. */
function reachable(value: unknown, path: string, found = new Map<object, string>()): Map<object, string> {
  const isPart =
    typeof value === "function" ||
    Array.isArray(value) ||
    (typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype);
  if (!isPart || found.has(value)) return found;
  found.set(value, path);
  for (const [name, { value: inner }] of Object.entries(Object.getOwnPropertyDescriptors(value)))
    reachable(inner, `${path}.${name}`, found);
  return found;
}

describe("what every viewer shares", () => {
  test("is frozen as a whole: no package can put its own in its place", () => {
    const open = [...reachable(st, "st"), ...reachable(StrongroomError, "StrongroomError")]
      .filter(([shared]) => !Object.isFrozen(shared))
      .map(([, path]) => path);
    expect(open).toEqual([]);
  });

  test.each([
    ["a function", () => Object.assign(st, { button: () => true })],
    ["a function without an element", () => Object.assign(st.cacheData, { leak: 1 })],
    ["a declaration", () => Object.assign(st.button.specs[0], { value: () => ({}) })],
    ["the list of declarations", () => (st.button.specs as unknown as unknown[]).push("x")],
  ])("%s cannot be swapped", (_, swap) => {
    expect(swap).toThrow(TypeError);
  });

  test("a container's methods cannot be swapped", async () => {
    await using page = await openPage(() => {
      const prototype = Object.getPrototypeOf(st.container()) as object;
      for (const name of ["button", "with", "call"]) {
        expect(() => Object.assign(prototype, { [name]: () => true })).toThrow(TypeError);
      }
    });
    expect(page.errors).toEqual([]);
  });

  test.each(["queryParams", "sessionState", "secrets"] as const)(
    "st.%s can neither be closed nor given a parent, for everybody after",
    (name) => {
      const shared: object = st[name];
      expect(() => Object.freeze(shared)).toThrow(TypeError);
      expect(() => Object.setPrototypeOf(shared, { leak: 1 }) as unknown).toThrow(TypeError);
      expect(() => Object.defineProperty(shared, "leak", { value: 1 })).toThrow(TypeError);
    },
  );
});
