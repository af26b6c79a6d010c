import { expect, test } from "vitest";
import { decode } from "../../wire/schema.ts";
import { metricSpec } from "./metric.schema.ts";

const shown = { label: "Orders", value: 12 };

test("takes a number, text or nothing as the value", () => {
  for (const value of [12, "12 %", null]) expect(decode(metricSpec.props, { ...shown, value }).ok).toBe(true);
  expect(decode(metricSpec.props, { ...shown, value: [] }).ok).toBe(false);
});

test("takes printf patterns with exactly one number", () => {
  for (const format of ["%d", "%.1f km", "$%,.2f", "%05d", "%.0f %%", "compact"]) {
    expect(decode(metricSpec.props, { ...shown, format }).ok, format).toBe(true);
  }
  for (const format of ["", "km", "%d %d", "%s", "%", "%100.100f", "Percent"]) {
    expect(decode(metricSpec.props, { ...shown, format }).ok, format).toBe(false);
  }
});
