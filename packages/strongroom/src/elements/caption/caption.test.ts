import { expect, test } from "vitest";
import { nodesOf } from "../../testing/nodes-of.ts";
import { caption } from "./caption.server.ts";

test("reads Markdown", () => {
  const [node] = nodesOf(() => caption("**a**\n\nb", { width: 200 }));
  expect(node?.props).toEqual({
    body: [
      { t: "p", c: [{ t: "strong", c: ["a"] }] },
      { t: "p", c: ["b"] },
    ],
    width: 200,
  });
});
