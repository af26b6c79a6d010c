import { expect, test } from "vitest";
import { toggleSpec } from "./toggle.schema.ts";

test("takes true or false and nothing that looks like it", () => {
  const schema = toggleSpec.value({ label: "Dark" });
  for (const value of [true, false]) expect(schema.check(value, "")).toBeUndefined();
  for (const value of [1, "on", null, [true]]) expect(schema.check(value, "")).toBeDefined();
});
