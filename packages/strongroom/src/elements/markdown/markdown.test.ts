import { expect, test } from "vitest";
import { decode } from "../../wire/schema.ts";
import { beginRun, nodesOf } from "../../testing/nodes-of.ts";
import { markdown } from "./markdown.server.ts";
import { markdownSpec } from "./markdown.schema.ts";

test("shows blocks that fit the declaration, whatever the author wrote", () => {
  const bodies = ["", "plain", "# a\n- b\n  - c\n> d", "[".repeat(10_000), "<script>alert(1)</script>"];
  for (const { props } of nodesOf(() => bodies.forEach((body) => markdown(body)))) {
    expect(decode(markdownSpec.props, props).ok).toBe(true);
  }
});

test("says what to do with more than a page can hold", () => {
  expect(() => beginRun().call(() => markdown("x".repeat(50_000_000)))).toThrow(
    "at most 1,000,000 characters; show a part of it",
  );
});
