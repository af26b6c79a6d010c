import { describe, expect, test } from "vitest";
import { dispositionOf } from "./content-disposition.ts";

const name = (fileName: string): string => dispositionOf("text/csv", fileName).disposition;

describe("the name of a download", () => {
  test.each([
    ["orders.csv", 'attachment; filename="orders.csv"'],
    ["my orders (1).csv", 'attachment; filename="my orders (1).csv"'],
    ["größe.csv", "attachment; filename=\"gr__e.csv\"; filename*=UTF-8''gr%C3%B6%C3%9Fe.csv"],
    ["a'b*.csv", "attachment; filename=\"a_b_.csv\"; filename*=UTF-8''a%27b_.csv"],
    ["../../etc/passwd", 'attachment; filename="passwd"'],
    ["C:\\windows\\evil.exe", 'attachment; filename="evil.exe"'],
    ["..", 'attachment; filename="download"'],
    ["", 'attachment; filename="download"'],
    [".bashrc", 'attachment; filename="bashrc"'],
    [
      'a"; filename="evil.exe',
      "attachment; filename=\"a__ filename__evil.exe\"; filename*=UTF-8''a_%3B%20filename%3D_evil.exe",
    ],
    [
      "a\r\nSet-Cookie: x=y",
      "attachment; filename=\"aSet-Cookie_ x_y\"; filename*=UTF-8''aSet-Cookie_%20x%3Dy",
    ],
    ["invoice\u202Efdp.exe", 'attachment; filename="invoicefdp.exe"'],
    ["a\uD800.csv", "attachment; filename=\"a_.csv\"; filename*=UTF-8''a%EF%BF%BD.csv"],
  ])("%j", (fileName, expected) => {
    expect(name(fileName)).toMatch(/^[\x20-\x7e]*$/);
    expect(name(fileName)).toBe(expected);
  });

  test("a long one keeps its end", () => {
    expect(name(`${"a".repeat(500)}.csv`)).toMatch(/^attachment; filename="a{196}\.csv"$/);
  });
});

describe("the type of bytes", () => {
  test.each([
    ["image/png", "image/png", "inline"],
    ["image/svg+xml", "image/svg+xml", "inline"],
    ["video/mp4", "video/mp4", "inline"],
    ["application/vnd.apache.arrow.stream", "application/vnd.apache.arrow.stream", "inline"],
    ["text/csv", "text/csv; charset=utf-8", "attachment"],
    ["application/pdf", "application/pdf", "attachment"],
    ["text/html", "application/octet-stream", "attachment"],
    ["text/html; charset=utf-8", "application/octet-stream", "attachment"],
    ["text/javascript", "application/octet-stream", "attachment"],
    ["application/javascript", "application/octet-stream", "attachment"],
    ["application/ecmascript", "application/octet-stream", "attachment"],
    ["text/css", "application/octet-stream", "attachment"],
    ["application/xhtml+xml", "application/octet-stream", "attachment"],
    ["application/xml", "application/octet-stream", "attachment"],
    ["application/wasm", "application/octet-stream", "attachment"],
    ["multipart/related", "application/octet-stream", "attachment"],
  ])("%s is served as %s, %s", (mime, type, disposition) => {
    expect(dispositionOf(mime, undefined)).toEqual({ type, disposition });
  });
});
