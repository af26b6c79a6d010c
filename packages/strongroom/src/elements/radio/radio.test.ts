import { expect, expectTypeOf, test } from "vitest";
import { radioSpec } from "./radio.schema.ts";
import { radio } from "./radio.server.ts";

test("takes no answer only where none was chosen at first", () => {
  const props = { label: "Size", options: ["S", "M"] };
  expect(radioSpec.value(props).check(null, "")).toBeDefined();
  expect(radioSpec.value({ ...props, nullable: true }).check(null, "")).toBeUndefined();
  expect(radioSpec.value({ ...props, nullable: true }).check("L", "")).toBeDefined();
});

test("is typed by its options", () => {
  const size = () => radio("Size", ["S", "M"]);
  const none = () => radio("Size", ["S", "M"], { index: null, captions: ["small", "medium"] });
  expectTypeOf(size).returns.toEqualTypeOf<"S" | "M">();
  expectTypeOf(none).returns.toEqualTypeOf<"S" | "M" | null>();
});
