import { expect, test } from "vitest";
import { judgeType } from "./judge-type.ts";
import { readUploadName } from "./upload-name.ts";

const anything = { extensions: [], types: [] };
const heads = {
  png: Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"),
  jpeg: Buffer.from("ffd8ffe000104a464946", "hex"),
  windows: Buffer.from("MZ\x90\0\x03\0\0\0", "latin1"),
  linux: Buffer.from("7f454c4602010100", "hex"),
  mac: Buffer.from("cffaedfe07000001", "hex"),
  script: Buffer.from("#!/bin/sh\nrm -rf /\n"),
  zip: Buffer.from("504b030414000000", "hex"),
  pdf: Buffer.from("%PDF-1.7\n"),
  parquet: Buffer.from("PAR1\x15\x04", "latin1"),
  csv: Buffer.from("a,b\n1,2\n"),
  html: Buffer.from("<!doctype html><script>alert(1)</script>"),
  svg: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
  wide: Buffer.from("\ufeffa,b\n", "utf16le"),
};

test.each([
  ["a.png", heads.png, "image/png"],
  ["A.JPG", heads.jpeg, "image/jpeg"],
  ["a.csv", heads.csv, "text/csv"],
  ["wide.csv", heads.wide, "text/csv"],
  ["a.pdf", heads.pdf, "application/pdf"],
  ["a.parquet", heads.parquet, "application/vnd.apache.parquet"],
  ["a.xlsx", heads.zip, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"],
  ["a.zip", heads.zip, "application/zip"],
  ["a.svg", heads.svg, "image/svg+xml"],
  ["setup.exe", heads.windows, "application/vnd.microsoft.portable-executable"],
  ["a.unknown", heads.csv, "application/octet-stream"],
  ["empty.csv", Buffer.alloc(0), "text/csv"],
  ["picture", heads.png, "image/png"],
])("takes %s for what it is", (name, head, type) => {
  expect(judgeType(name, head, anything)).toEqual({ ok: true, type });
});

test.each([
  ["a.csv", heads.windows],
  ["a.png", heads.windows],
  ["report.pdf", heads.linux],
  ["notes", heads.windows],
  ["notes.data", heads.mac],
  ["a.txt", heads.zip],
  ["a.csv", heads.png],
  ["a.png", heads.jpeg],
  ["a.png", heads.html],
  ["a.xlsx", heads.csv],
  ["a.parquet", heads.csv],
  ["a.json", Buffer.from("{\0}")],
  ["photo.jpg", heads.script],
])("refuses %s, whose bytes are something else", (name, head) => {
  expect(judgeType(name, head, anything)).toEqual({ ok: false, reason: "content" });
});

test("takes only what its widget asks for, by ending or by type", () => {
  const tables = { extensions: [".csv", ".tar.gz"], types: [] };
  expect(judgeType("a.csv", heads.csv, tables).ok).toBe(true);
  expect(judgeType("a.html", heads.html, tables)).toEqual({ ok: false, reason: "name" });
  expect(judgeType(".csv", heads.csv, tables).ok).toBe(false);
  expect(judgeType("a.csv.exe", heads.windows, tables).ok).toBe(false);
  const pictures = { extensions: [], types: ["image/*"] };
  expect(judgeType("a.png", heads.png, pictures).ok).toBe(true);
  expect(judgeType("a.html", heads.html, pictures).ok).toBe(false);
  expect(judgeType("a.png", heads.html, pictures).ok).toBe(false);
  expect(judgeType("a.png", heads.png, { extensions: [], types: ["image/jpeg"] }).ok).toBe(false);
});

test("a name is data: what would be a place, or mislead, is refused", () => {
  expect(readUploadName("M%C3%BCller%20(1).csv", false)).toBe("Müller (1).csv");
  expect(readUploadName("a/b/c.csv", true)).toBe("a/b/c.csv");
  const wrong = [
    "",
    "a/b.csv",
    "/etc/passwd",
    "..",
    "../x",
    "a\\b",
    "C:\\x",
    "a%00.csv",
    "%",
    "a%0ab",
    "%2e%2e%2fx",
    "x".repeat(256),
    "%e2%80%aegpj.exe",
    "gpj%d8%9c.csv",
    "a%e2%80%a8b",
    "%ff",
  ];
  for (const name of wrong) expect(readUploadName(name, false), name).toBeUndefined();
  for (const name of ["../x", "a/../x", "/a", "a//b", "a/", "./a", "a/%2e%2e/b"])
    expect(readUploadName(name, true), name).toBeUndefined();
  expect(readUploadName(undefined, false)).toBeUndefined();
});
