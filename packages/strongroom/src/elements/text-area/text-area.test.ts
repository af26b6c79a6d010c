import { expect, expectTypeOf, test } from "vitest";
import { textAreaSpec } from "./text-area.schema.ts";
import { textArea } from "./text-area.server.ts";

test("takes lines, up to the declared length", () => {
  const schema = textAreaSpec.value({ label: "Story", maxChars: 5 });
  expect(schema.check("a\nb\nc", "")).toBeUndefined();
  for (const value of ["a\nb\ncd", 5, null, ["a"]]) expect(schema.check(value, "")).toBeDefined();
});

test("is typed by its first value", () => {
  const text = () => textArea("Story");
  const none = () => textArea("Story", { value: null });
  expectTypeOf(text).returns.toEqualTypeOf<string>();
  expectTypeOf(none).returns.toEqualTypeOf<string | null>();
});
