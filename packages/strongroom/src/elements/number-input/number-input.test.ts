import { expect, expectTypeOf, test } from "vitest";
import { numberInputSpec } from "./number-input.schema.ts";
import { numberInput } from "./number-input.server.ts";

const fits = (props: object, value: unknown): boolean =>
  numberInputSpec.value({ label: "Minutes", step: 1, ...props }).check(value, "") === undefined;

test("takes numbers within its limits", () => {
  const props = { min: 0, max: 1_440, integer: true };
  for (const value of [0, 1_440]) expect(fits(props, value)).toBe(true);
  for (const value of [-1, 1_441, 2.5, "5", null, Number.MAX_VALUE]) expect(fits(props, value)).toBe(false);
  expect(fits({ ...props, integer: false }, 2.5)).toBe(true);
  expect(fits({ ...props, nullable: true }, null)).toBe(true);
});

test("takes no whole number that cannot be told from its neighbour", () => {
  expect(fits({ integer: true }, 2 ** 53)).toBe(false);
});

test("is typed by its first value", () => {
  const bare = () => numberInput("Minutes");
  const some = () => numberInput("Minutes", { value: 5 });
  const none = () => numberInput("Minutes", { value: null });
  expectTypeOf(bare).returns.toEqualTypeOf<number>();
  expectTypeOf(some).returns.toEqualTypeOf<number>();
  expectTypeOf(none).returns.toEqualTypeOf<number | null>();
});
