import { expect, test } from "vitest";
import { nodesOf } from "../../testing/nodes-of.ts";
import { text } from "./text.server.ts";

test("keeps every mark and space as it is", () => {
  const [node] = nodesOf(() => text("  *not* [a](b)\n<i>"));
  expect(node?.props["text"]).toBe("  *not* [a](b)\n<i>");
});

test("sends only what is not the default", () => {
  const [node] = nodesOf(() => text("a", { textAlignment: "left", wrap: true }));
  expect(Object.keys(node?.props ?? {})).toEqual(["text"]);
});
