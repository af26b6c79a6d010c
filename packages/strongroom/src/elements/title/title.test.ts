import { expect, test } from "vitest";
import { beginRun, nodesOf } from "../../testing/nodes-of.ts";
import { title } from "./title.server.ts";

test("names its place by its words, each place once", () => {
  const nodes = nodesOf(() => {
    title("Über *uns* & mehr!");
    title("uber uns mehr");
    title("Über uns mehr", { anchor: "here" });
    title("main");
    title("…");
  });
  expect(nodes.map(({ props }) => props["id"])).toEqual([
    "über-uns-mehr",
    "uber-uns-mehr",
    "here",
    "main-section",
    "section",
  ]);
});

test("a second heading with the same words gets a number", () => {
  const nodes = nodesOf(() => [title("Orders"), title("Orders")]);
  expect(nodes.map(({ props }) => props["id"])).toEqual(["orders", "orders-1"]);
});

test("refuses an anchor that could not stand in a link", () => {
  for (const anchor of ["a b", "", "#x", 'x"']) {
    expect(() => beginRun().call(() => title("Orders", { anchor }))).toThrow(
      "`anchor` must be 1 to 100 letters",
    );
  }
});

test("refuses a body that is no text", () => {
  expect(() => beginRun().call(() => title(undefined as unknown as string))).toThrow("`body` must be text");
});
