import { expect, test } from "vitest";
import { beginRun, nodesOf } from "../../testing/nodes-of.ts";
import { info } from "./info.server.ts";

test("takes a title in inline Markdown", () => {
  expect(nodesOf(() => info("b", { title: "*a*" }))[0]?.props["title"]).toEqual([{ t: "em", c: ["a"] }]);
  expect(() => beginRun().call(() => info("b", { title: "x".repeat(2_000) }))).toThrow("`title` must be");
});
