import { expect, test } from "vitest";
import { momentText, msOfDay } from "./moment-text.ts";

const time = Date.parse("2026-06-01T13:05:09.250Z");
const text = (format: string, more: object = {}, now = time): string =>
  momentText(time, { type: "datetime", format, now, ...more }, "en-US");

test.each([
  ["medium", "Jun 1, 2026, 1:05 PM"],
  ["iso", "2026-06-01T13:05:09.250Z"],
  ["YYYY-MM-DD HH:mm:ss.SSS", "2026-06-01 13:05:09.250"],
  ["dddd, D MMMM YY [at] h:mm a", "Monday, 1 June 26 at 1:05 pm"],
  ["HH:mm Z", "13:05 +00:00"],
])("%s writes the moment", (format, expected) => {
  expect(text(format)).toBe(expected);
});

test("a zone moves the clock, also over midnight and by halves of an hour", () => {
  expect(text("YYYY-MM-DD HH:mm Z", { timeZone: "Europe/Berlin" })).toBe("2026-06-01 15:05 +02:00");
  expect(text("iso", { timeZone: "Asia/Kolkata" })).toBe("2026-06-01T18:35:09.250+05:30");
  expect(text("D HH:mm", { timeZone: "Pacific/Auckland" })).toBe("2 01:05");
  expect(text("short", { timeZone: "America/New_York" })).toBe("6/1/26, 9:05 AM");
});

test("distance and calendar count from now", () => {
  expect(text("distance", {}, time + 3 * 86_400_000)).toBe("3 days ago");
  expect(text("distance", {}, time - 90_000)).toBe("in 2 minutes");
  expect(text("distance", {}, time)).toBe("now");
  expect(text("calendar", {}, time + 86_400_000)).toBe("yesterday, 1:05 PM");
  expect(text("calendar", {}, time + 3 * 86_400_000)).toBe("Monday, 1:05 PM");
  expect(text("calendar", {}, time + 30 * 86_400_000)).toBe("Jun 1, 2026, 1:05 PM");
  expect(text("calendar", { type: "date" })).toBe("today");
});

test("a time of day is read from its text", () => {
  expect(msOfDay("14:30")).toBe(52_200_000);
  expect(msOfDay("00:00:01.5")).toBe(1_500);
  expect(msOfDay("25:00")).toBeUndefined();
  expect(msOfDay("noon")).toBeUndefined();
  const how = { type: "time" as const, format: "short" };
  expect(momentText(52_200_000, how, "de")).toBe("14:30");
  expect(momentText(52_200_000, { ...how, format: "medium" }, "de")).toBe("14:30:00");
});

test("what is no moment has no text", () => {
  expect(momentText(Number.NaN, { type: "date", format: "iso" }, "en")).toBe("");
});
