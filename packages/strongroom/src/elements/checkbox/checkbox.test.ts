import { expect, test } from "vitest";
import { checkboxSpec } from "./checkbox.schema.ts";

test("takes true or false and nothing that looks like it", () => {
  const schema = checkboxSpec.value({ label: "Late" });
  for (const value of [true, false]) expect(schema.check(value, "")).toBeUndefined();
  for (const value of [1, 0, "true", "", null, [], {}]) expect(schema.check(value, "")).toBeDefined();
});
