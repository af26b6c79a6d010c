import { expect, test } from "vitest";
import { cellText, columnDigits, dateText, plainCell } from "./cell-text.ts";

test("digits of a column stand below each other, as many as it needs", () => {
  expect(columnDigits([1998, 2001])).toEqual({ fraction: 0, grouped: false });
  expect(columnDigits([6.1, 7, 18_000])).toEqual({ fraction: 1, grouped: true });
  expect(columnDigits([1 / 3])).toEqual({ fraction: 3, grouped: false });
  expect(columnDigits([0.000_12, 0.000_34])).toEqual({ fraction: 5, grouped: false });
  expect(cellText(7, { type: "number", digits: columnDigits([6.1, 7]) }, "en")).toBe("7.0");
});

test("writes dates in UTC, in the viewer's language and for other programs", () => {
  const time = Date.UTC(2026, 5, 1, 6, 15);
  expect(dateText(time, { type: "date", format: "medium" }, "en-GB")).toBe("1 Jun 2026");
  expect(dateText(time, { type: "datetime", format: "medium" }, "en-US")).toBe("Jun 1, 2026, 6:15 AM");
  expect(plainCell(time, "datetime")).toBe("2026-06-01T06:15:00.000Z");
  expect(plainCell(time, "date")).toBe("2026-06-01");
});

test("writes big integers with all their digits", () => {
  expect(
    cellText("1152921504606846976", { type: "bigint", digits: { fraction: 0, grouped: true } }, "en"),
  ).toBe("1,152,921,504,606,846,976");
});
