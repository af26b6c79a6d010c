import { expect, test } from "vitest";
import { beginRun, nodesOf } from "../../testing/nodes-of.ts";
import { subheader } from "./subheader.server.ts";

test("takes one emoji or one named icon, and nothing longer", () => {
  const nodes = nodesOf(() => ["✈️", "👩‍🚀", ":material/flight:"].forEach((icon) => subheader("a", { icon })));
  expect(nodes.map(({ props }) => typeof props["icon"])).toEqual(["string", "string", "object"]);
  for (const icon of ["ab", "✈️✈️", ":plane:", "a"]) {
    expect(() => beginRun().call(() => subheader("a", { icon }))).toThrow("`icon` must be one emoji");
  }
});
