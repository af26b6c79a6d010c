import { expect, test } from "vitest";
import { formatNumber } from "./number-format.ts";

test("writes numbers as they are: years without groups, no dust of binary fractions", () => {
  expect(formatNumber(1998, undefined, "en")).toBe("1998");
  expect(formatNumber(18_204, undefined, "en")).toBe("18,204");
  expect(formatNumber(0.1 + 0.2, undefined, "en")).toBe("0.3");
});

test.each([
  [0.816, "percent", "81.6%"],
  [0.0041, "percent", "0.41%"],
  [1234.5, "dollar", "$1,234.50"],
  [40_545_276, "dollar", "$40,545,276"],
  [-1234.5, "accounting", "(1,234.50)"],
  [1_234_567, "compact", "1.2M"],
  [1234.5678, "%.1f km", "1234.6 km"],
  [1234.5678, "$%,.2f", "$1,234.57"],
  [7, "%03d", "007"],
  [-7, "%04d", "-007"],
  [7, "%+d", "+7"],
  [12.6, "%d", "13"],
  [12.34, "%.0f %%", "12 %"],
  [255, "%x", "ff"],
  [12_345, "%.2e", "1.23e+4"],
] as const)("writes %d as %s: %s", (value, format, text) => {
  expect(formatNumber(value, format, "en")).toBe(text);
});

test("follows the viewer's language", () => {
  expect(formatNumber(18_204.5, undefined, "de")).toBe("18.204,5");
  expect(formatNumber(1.5, "%.1f km", "de")).toBe("1,5 km");
});

test.each([
  [0.25, "0.3s"],
  [59, "59s"],
  [3_725, "1h 2m"],
  [-3_600, "-1h"],
  [200_000, "2d 7h"],
])("%d seconds last %s", (seconds, expected) => {
  expect(formatNumber(seconds, "duration", "en-US")).toBe(expected);
});
