import { expect, test } from "vitest";
import { repeatedHeader } from "./header-lines.ts";

test("headers that stand once are let through", () => {
  expect(repeatedHeader(["Host", "a", "Origin", "b", "Accept", "c", "Accept", "d"])).toBeUndefined();
  expect(repeatedHeader([])).toBeUndefined();
});

test.each([
  ["Host", "host"],
  ["content-length", "Content-Length"],
  ["Transfer-Encoding", "transfer-encoding"],
  ["ORIGIN", "Origin"],
  ["Cookie", "cookie"],
  ["Sec-Fetch-Site", "sec-fetch-site"],
  ["Range", "range"],
])("two lines of %s are found", (first, second) => {
  expect(repeatedHeader([first, "1", "Accept", "x", second, "2"])).toBe(first.toLowerCase());
});
