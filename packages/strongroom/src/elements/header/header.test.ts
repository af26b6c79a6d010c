import { expect, test } from "vitest";
import { nodesOf } from "../../testing/nodes-of.ts";
import { header } from "./header.server.ts";

test("a divider is a line, or a line in a colour", () => {
  const nodes = nodesOf(() => {
    header("a");
    header("b", { divider: true });
    header("c", { divider: "grey" });
  });
  expect(nodes.map(({ props }) => props["divider"])).toEqual([undefined, true, "gray"]);
});
