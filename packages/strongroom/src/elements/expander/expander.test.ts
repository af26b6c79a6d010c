import { expect, test } from "vitest";
import { nodesOf } from "../../testing/nodes-of.ts";
import { text } from "../text/text.server.ts";
import { expander } from "./expander.server.ts";

test("stays the same one when something new comes before it", () => {
  const ids = (script: () => void): unknown =>
    nodesOf(script)
      .filter(({ kind }) => kind === "expander")
      .map(({ id }) => id);
  const before = ids(() => void expander("Details"));
  expect(ids(() => [text("new"), expander("Other"), expander("Details")])).toEqual([
    "expander:Other",
    ...(before as string[]),
  ]);
  expect(ids(() => [expander("Details", { key: "d" }), expander("More", { key: "m" })])).toEqual([
    "expander#d",
    "expander#m",
  ]);
});
