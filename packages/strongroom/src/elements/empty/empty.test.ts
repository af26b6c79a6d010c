import { expect, test } from "vitest";
import { beginRun } from "../../testing/nodes-of.ts";
import { empty } from "./empty.server.ts";

test("holds the last of what is shown in it, and nothing once cleared", () => {
  const { call, nodes } = beginRun();
  const slot = call(() => empty());
  call(() => [slot.text("a"), slot.write("b", { c: 1 }), slot.text("d")]);
  expect(nodes()[0]?.children?.map(({ kind, props }) => [kind, props["text"]])).toEqual([["text", "d"]]);
  call(() => slot.empty());
  expect(nodes()[0]?.children?.map(({ kind, children }) => [kind, children])).toEqual([["empty", []]]);
});
