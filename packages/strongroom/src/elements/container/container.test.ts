import { expect, test } from "vitest";
import { beginRun, nodesOf } from "../../testing/nodes-of.ts";
import { text } from "../text/text.server.ts";
import { container } from "./container.server.ts";

test("is filled by its methods out of order, or by a callback whose answer it gives back", () => {
  const { call, nodes } = beginRun();
  const answer = call(() => {
    const first = container();
    text("last");
    first.text("first");
    return container((box) => [box.text("in"), text("too"), 42] as const);
  });
  expect(answer[2]).toBe(42);
  expect(nodes().map(({ kind, children }) => [kind, children?.map(({ props }) => props["text"])])).toEqual([
    ["container", ["first"]],
    ["text", undefined],
    ["container", ["in", "too"]],
  ]);
});

test("keeps its place in a callback that awaits", async () => {
  const { call, nodes } = beginRun();
  await call(() =>
    container(async () => {
      await Promise.resolve();
      text("later");
    }),
  );
  expect(nodes()[0]?.children?.[0]?.props["text"]).toBe("later");
});

test("has a card where its height makes it scroll, unless told otherwise", () => {
  const nodes = nodesOf(() => [
    container(),
    container({ height: 200 }),
    container({ height: 200, border: false }),
  ]);
  expect(nodes.map(({ props }) => props["border"])).toEqual([false, true, false]);
});

test("wraps only what stands side by side", () => {
  expect(() => beginRun().call(() => container({ wrap: false }))).toThrow("unless `horizontal` is true");
});
