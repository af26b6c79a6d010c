import { expect, test } from "vitest";
import { nodesOf } from "../../testing/nodes-of.ts";
import { warning } from "./warning.server.ts";

test("keeps lists and paragraphs apart", () => {
  const body = nodesOf(() => warning("Two things:\n\n- a\n- b"))[0]?.props["body"];
  expect(body).toMatchObject([{ t: "p" }, { t: "list" }]);
});
