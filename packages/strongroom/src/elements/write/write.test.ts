import { expect, test } from "vitest";
import { beginRun, nodesOf } from "../../testing/nodes-of.ts";
import { write } from "./write.server.ts";

const kindsOf = (...values: readonly unknown[]): unknown =>
  nodesOf(() => write(...values)).map(({ kind, children }) =>
    children === undefined ? kind : [kind, ...children.map((child) => child.kind)],
  );

test("shows each value by what it is", () => {
  expect(kindsOf("a")).toEqual(["markdown"]);
  expect(kindsOf(1, 2n, true, null, undefined, new Date(), Symbol("s"), kindsOf)).toEqual(["markdown"]);
  expect(kindsOf([{ a: 1 }, { a: 2 }])).toEqual(["dataframe"]);
  expect(kindsOf({ columns: ["a"], rows: [[1]] })).toEqual(["dataframe"]);
  for (const value of [[], [1, 2], [{ a: 1 }, 2], {}, new Map([["a", 1]]), new Set([1])])
    expect(kindsOf(value)).toEqual(["json"]);
  expect(kindsOf(new Error("no"))).toEqual(["exception"]);
});

test("joins words that follow each other, and keeps all of one call together", () => {
  const [node] = nodesOf(() => write("Orders:", 12, "of", 20n));
  expect(node?.props["body"]).toEqual([{ t: "p", c: ["Orders: 12 of 20"] }]);
  expect(kindsOf("a", "b", { c: 1 }, "d")).toEqual([["write", "markdown", "json", "markdown"]]);
  expect(kindsOf()).toEqual([]);
});

test("says what is missing before something that is still to come", () => {
  async function* stream(): AsyncGenerator<number> {
    yield 1;
  }
  for (const value of [Promise.resolve(1), stream()]) {
    expect(() => beginRun().call(() => write(value))).toThrow("write `await` before it");
  }
});
