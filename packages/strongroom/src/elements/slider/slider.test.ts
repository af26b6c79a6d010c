import { expect, expectTypeOf, test } from "vitest";
import { st } from "../../st.ts";
import { openPage } from "../../testing/testing.ts";
import type { IsoDate, IsoDateTime, IsoTime } from "../dates.schema.ts";
import { nearestStep, sliderSpec, stepCount, stepValue } from "./slider.schema.ts";
import { slider } from "./slider.server.ts";

const fits = (props: Parameters<typeof sliderSpec.value>[0], value: unknown): boolean =>
  sliderSpec.value(props).check(value, "") === undefined;

test("takes values on its steps, and its end", () => {
  const props = { label: "Price", min: 0.5, max: 97.3, step: 0.1 };
  for (const value of [0.5, 0.6, 0.8, 97.3]) expect(fits(props, value)).toBe(true);
  for (const value of [0.55, 0.1 + 0.7, 97.4, 0.4, -1, 1e300, "1", null, [1]])
    expect(fits(props, value)).toBe(false);
});

test("has no dust of binary fractions", () => {
  const scale = { min: -1, max: 1, step: 0.1 };
  const values = Array.from({ length: stepCount(scale) + 1 }, (_, index) => stepValue(scale, index));
  for (const value of values) expect(String(value)).toMatch(/^-?\d(\.\d)?$/);
  for (const [index, value] of values.entries()) expect(nearestStep(scale, value)).toBe(index);
});

test("reaches an end that lies between two steps", () => {
  const scale = { min: 0, max: 10, step: 3 };
  expect(Array.from({ length: stepCount(scale) + 1 }, (_, index) => stepValue(scale, index))).toEqual([
    0, 3, 6, 9, 10,
  ]);
  expect(nearestStep(scale, 9.6)).toBe(4);
  expect(nearestStep(scale, 9.4)).toBe(3);
});

test("stands still where both ends are one", () => {
  expect(fits({ label: "", min: 5, max: 5, step: 1 }, 5)).toBe(true);
  expect(fits({ label: "", min: 5, max: 5, step: 1 }, 6)).toBe(false);
});

test("takes from and to in order", () => {
  const props = { label: "Hours", min: 0, max: 24, step: 1, range: true };
  expect(fits(props, [6, 19])).toBe(true);
  expect(fits(props, [19, 6])).toBe(false);
  expect(fits(props, 6)).toBe(false);
  expect(fits(props, [6, 19, 20])).toBe(false);
});

test("is typed by its first value", () => {
  const number = () => slider("Age", { minValue: 1, maxValue: 9, value: 5 });
  const bare = () => slider("Age");
  const range = () => slider("Ages", { value: [1, 5] });
  const day = () => slider("Day", { value: "2024-01-01", maxValue: "2024-12-31" });
  const days = () => slider("Days", { value: [new Date(), "today"] });
  expectTypeOf(number).returns.toEqualTypeOf<number>();
  expectTypeOf(bare).returns.toEqualTypeOf<number>();
  expectTypeOf(range).returns.toEqualTypeOf<readonly [number, number]>();
  expectTypeOf(day).returns.toEqualTypeOf<IsoDate>();
  const time = () => slider("Time", { value: "14:30" });
  const moment = () => slider("When", { value: "2026-06-14T14:30" });
  expectTypeOf(days).returns.toEqualTypeOf<readonly [IsoDate, IsoDate]>();
  expectTypeOf(time).returns.toEqualTypeOf<IsoTime>();
  expectTypeOf(moment).returns.toEqualTypeOf<IsoDateTime>();
});

test("answers days as text, and puts what the author sets onto a step", async () => {
  await using page = await openPage(() => {
    st.sessionState["share"] ??= 0.123;
    const days = st.slider("Days", { value: ["2026-06-01", "2026-06-08"], minValue: "2026-06-01", step: 7 });
    st.text(`${days.join(" ")} ${st.slider("Share", { value: 0.5, key: "share", step: 0.05 })}`);
  });
  expect(page.find("text").props["text"]).toBe("2026-06-01 2026-06-08 0.1");
});

test("answers times of day, and times on a day, as text that has no zone", async () => {
  const seen: unknown[] = [];
  await using page = await openPage(() => {
    seen.push(st.slider("Time", { value: ["06:15", "19:00"] }));
    seen.push(st.slider("Seconds", { value: "14:30:15", step: "15s" }));
    seen.push(st.slider("When", { value: "2026-03-29T02:30", maxValue: "2026-04-01T00:00", step: "6h" }));
  });
  await page.answer("Time", [0, 86_340]);
  expect(seen).toEqual([
    ["06:15", "19:00"],
    "14:30:15",
    "2026-03-29T02:30",
    ["00:00", "23:59"],
    "14:30:15",
    "2026-03-29T02:30",
  ]);
  await using wrong = await openPage(() => st.slider("Time", { value: "14:30", step: "half an hour" }));
  expect(String(wrong.errors[0])).toContain("30m");
  await using mixed = await openPage(() => st.slider("Time", { value: ["14:30", "2026-01-01"] }));
  expect(String(mixed.errors[0])).toContain("st.slider");
});

test("says what is wrong with its options", async () => {
  await using outside = await openPage(() => st.slider("Age", { maxValue: 9, value: 10 }));
  expect(String(outside.errors[0])).toContain("`value` must be from 0 to 9");
  await using reversed = await openPage(() => st.slider("Age", { minValue: 9, maxValue: 1 }));
  expect(String(reversed.errors[0])).toContain("minValue");
});
