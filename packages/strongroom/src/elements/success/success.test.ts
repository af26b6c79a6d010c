import { expect, test } from "vitest";
import { nodesOf } from "../../testing/nodes-of.ts";
import { success } from "./success.server.ts";

test("lifts the icon that the text begins with", () => {
  const nodes = nodesOf(() => {
    success("🎉 Sent");
    success(":material/check: Sent");
    success("Sent 🎉");
    success("🎉 Sent", { icon: "✅" });
  });
  const [emoji, named, none, given] = nodes.map(({ props }) => props["icon"]);
  expect([emoji, none, given]).toEqual(["🎉", undefined, "✅"]);
  expect(named).toMatchObject([{ t: "icon", name: "check" }]);
  expect(nodes.map(({ props }) => JSON.stringify(props["body"]))).toEqual(
    ["Sent", "Sent", "Sent 🎉", "🎉 Sent"].map((text) => JSON.stringify([{ t: "p", c: [text] }])),
  );
});
