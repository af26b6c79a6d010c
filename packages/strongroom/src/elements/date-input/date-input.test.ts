import { expectTypeOf, expect, test } from "vitest";
import type { IsoDate } from "../dates.schema.ts";
import { dateInputSpec } from "./date-input.schema.ts";
import { dateInput } from "./date-input.server.ts";

const fits = (props: Parameters<typeof dateInputSpec.value>[0], value: unknown): boolean =>
  dateInputSpec.value(props).check(value, "") === undefined;

test("takes days that the calendar has, within the limits", () => {
  const props = { label: "Day", min: "2024-01-01", max: "2024-12-31" } as const;
  for (const day of ["2024-01-01", "2024-02-29", "2024-12-31"]) expect(fits(props, day)).toBe(true);
  for (const day of ["2023-12-31", "2025-01-01", "2024-02-30", "2024-1-1", "2024-01-01T00:00", "", null, 0]) {
    expect(fits(props, day)).toBe(false);
  }
});

test("takes a range whose end is not before its beginning", () => {
  const props = { label: "Days", range: true };
  expect(fits(props, ["2024-01-01", "2024-01-01"])).toBe(true);
  expect(fits(props, ["2024-01-02", "2024-01-01"])).toBe(false);
  expect(fits(props, [null, "2024-01-01"])).toBe(false);
  expect(fits({ ...props, nullable: true }, [null, "2024-01-01"])).toBe(true);
});

test("is typed by its first value", () => {
  const one = () => dateInput("Day");
  const other = () => dateInput("Day", { value: new Date() });
  const maybe = () => dateInput("Day", { value: null });
  const range = () => dateInput("Days", { value: ["2024-01-01", "today"] });
  const open = () => dateInput("Days", { value: ["2024-01-01", null] });
  expectTypeOf(one).returns.toEqualTypeOf<IsoDate>();
  expectTypeOf(other).returns.toEqualTypeOf<IsoDate>();
  expectTypeOf(maybe).returns.toEqualTypeOf<IsoDate | null>();
  expectTypeOf(range).returns.toEqualTypeOf<readonly [IsoDate, IsoDate]>();
  expectTypeOf(open).returns.toEqualTypeOf<readonly [IsoDate | null, IsoDate | null]>();
});
