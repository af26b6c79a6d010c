import { st } from "strongroom";
import { openPage } from "strongroom/testing";
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

test("the sign of the delta decides arrow and meaning", async () => {
  const shown = async (options: Parameters<typeof st.metric>[2]): Promise<unknown> => {
    const page = await openPage(() => st.metric("Orders", 1, options));
    const { arrow, tone } = page.find("metric").props as { arrow?: string; tone?: string };
    return [arrow, tone];
  };
  expect(await shown({ delta: 3 })).toEqual(["up", "good"]);
  expect(await shown({ delta: -3 })).toEqual(["down", "bad"]);
  expect(await shown({ delta: "-3 %", deltaColor: "inverse" })).toEqual(["down", "good"]);
  expect(await shown({ delta: "−0.2 pts" })).toEqual(["down", "bad"]);
  expect(await shown({ delta: "0.4 %" })).toEqual(["up", "good"]);
  for (const delta of [0, "0", "0.0 %", "+0"])
    expect(await shown({ delta }), String(delta)).toEqual([undefined, "neutral"]);
  expect(await shown({ delta: 3, deltaColor: "off", deltaArrow: "off" })).toEqual([undefined, "neutral"]);
  expect(await shown({ delta: 3, deltaColor: "violet", deltaArrow: "down" })).toEqual(["down", "violet"]);
});

test("refuses formats and colours that it does not know, with those that it does", async () => {
  const page = await openPage(() => st.metric("Orders", 1, { format: "percents" as "percent" }));
  expect(String(page.errors[0])).toContain('"percent"');
  const other = await openPage(() => st.metric("Orders", 1, { delta: 1, deltaColor: "toString" as "off" }));
  expect(String(other.errors[0])).toContain("deltaColor");
});
