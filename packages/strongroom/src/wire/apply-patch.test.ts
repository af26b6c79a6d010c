import { describe, expect, test } from "vitest";
import { applyOps, flatTree, inOrder } from "./apply-patch.ts";
import type { WireNode } from "./messages.ts";

const list: readonly WireNode[] = [
  ["main", "", "main", {}, null],
  ["a", "main", "text", { text: "one" }, null],
  ["box", "main", "container", {}, null],
  ["b", "box", "slider", { min: 0, max: 9 }, 3],
];
const ids = (tree: ReturnType<typeof flatTree>): string[] => [...inOrder(tree)].map(({ id }) => id);

describe("flatTree", () => {
  test("lists elements by container, in order", () => {
    expect(ids(flatTree(list))).toEqual(["main", "a", "box", "b"]);
  });

  test("refuses an element that stands twice", () => {
    expect(() => flatTree([...list, ["a", "main", "text", {}, null]])).toThrow(RangeError);
  });
});

describe("applyOps", () => {
  test("changes props and values, and names what changed", () => {
    const tree = flatTree(list);
    const changed = applyOps(tree, [
      ["=", "b", { max: 5, step: 1 }, ["min"]],
      ["v", "b", 5],
    ]);
    expect(tree.nodes.get("b")).toMatchObject({ props: { max: 5, step: 1 }, value: 5 });
    expect([...changed]).toEqual(["b"]);
  });

  test("adds, moves and removes", () => {
    const tree = flatTree(list);
    applyOps(tree, [
      ["+", "c", "main", "text", { text: "two" }, null],
      ["+", "b", "main", "slider", { min: 0, max: 9 }, 3],
      ["<", "main", 1, 1, ["c", "b"]],
      ["<", "box", 0, 1, []],
      ["-", "box"],
    ]);
    expect(ids(tree)).toEqual(["main", "a", "c", "b"]);
  });

  test("forgets the children of a container that became another kind of element", () => {
    const tree = flatTree(list);
    applyOps(tree, [
      ["+", "box", "main", "text", {}, null],
      ["-", "b"],
    ]);
    applyOps(tree, [
      ["+", "box", "main", "container", {}, null],
      ["+", "d", "box", "text", {}, null],
      ["<", "box", 0, 0, ["d"]],
    ]);
    expect(ids(tree)).toEqual(["main", "a", "box", "d"]);
  });

  test("refuses a patch of another tree", () => {
    expect(() => applyOps(flatTree(list), [["v", "gone", 1]])).toThrow(RangeError);
    expect(() => applyOps(flatTree(list), [["<", "main", 2, 5, []]])).toThrow(RangeError);
  });
});
