import { describe, expect, test } from "vitest";
import { readTarget } from "./request-target.ts";

const taken: readonly (readonly [raw: string, path: string, query: string])[] = [
  ["/", "/", ""],
  ["/orders", "/orders", ""],
  ["/orders?a=1&b=%C3%BC", "/orders", "a=1&b=%C3%BC"],
  ["/?", "/", ""],
  ["/?a?b", "/", "a?b"],
  ["/_strongroom/assets/main-AB12.js", "/_strongroom/assets/main-AB12.js", ""],
  ["/caf%C3%A9", "/caf%C3%A9", ""],
  ["/a/", "/a/", ""],
];

const refused: readonly string[] = [
  "",
  "orders",
  "*",
  "http://127.0.0.1/",
  "//evil.example/share",
  "/\\evil\\share",
  "/a//b",
  "/./a",
  "/a/..",
  "/../../etc/passwd",
  "/..",
  "/.",
  "/%2e%2e/etc/passwd",
  "/%2E%2E%2Fetc",
  "/a%2fb",
  "/a%5cb",
  "/%61dmin",
  "/%41",
  "/%7e",
  "/%5F",
  "/%30",
  "/a%00",
  "/a%0d%0aSet-Cookie:x",
  "/%",
  "/%g0",
  "/%zz",
  "/a b",
  "/a\u0000",
  "/a\r\nX: y",
  "/ümlaut",
  "/a#b",
  "/?a#b",
  '/?"',
  "/? ",
  "/?\u0001",
  "/<script>",
  "/a|b",
  "/C:\\x",
];

describe("a request's target", () => {
  test.each(taken)("%s is read", (raw, path, query) => {
    expect(readTarget(raw)).toEqual({ ok: true, target: { path, query } });
  });

  test.each(refused)("%j is refused", (raw) => {
    expect(readTarget(raw)).toEqual({ ok: false, reason: "malformed" });
  });

  test("a double encoded path stays what it says and names nothing of ours", () => {
    expect(readTarget("/%252e%252e")).toEqual({ ok: true, target: { path: "/%252e%252e", query: "" } });
  });

  test("what is too long is refused before it is looked at", () => {
    expect(readTarget(`/${"a".repeat(1_024)}`)).toEqual({ ok: false, reason: "too-long" });
    expect(readTarget(`/?${"a".repeat(8_193)}`)).toEqual({ ok: false, reason: "too-long" });
    expect(readTarget(`/?${"a".repeat(8_192)}`).ok).toBe(true);
  });
});
