import { describe, expect, test } from "vitest";
import { isOwnOrigin, ownSites, siteFor } from "./own-origins.ts";

const sites = ownSites(["https://app.example.com", "http://intranet:8080"], { port: 8501, secure: false });
const arrived = { address: "192.168.1.5", port: 8501, secure: false };

const ours: readonly (readonly [host: string, origin: string])[] = [
  ["localhost:8501", "http://localhost:8501"],
  ["127.0.0.1:8501", "http://127.0.0.1:8501"],
  ["[::1]:8501", "http://[::1]:8501"],
  ["LOCALHOST:8501", "http://localhost:8501"],
  ["app.example.com", "https://app.example.com"],
  ["intranet:8080", "http://intranet:8080"],
  ["192.168.1.5:8501", "http://192.168.1.5:8501"],
];

const foreign: readonly string[] = [
  "",
  "localhost",
  "localhost:80",
  "localhost:8502",
  "127.0.0.1",
  "127.0.0.2:8501",
  "evil.example",
  "app.example.com.evil.example",
  "evilapp.example.com",
  "app.example.com:8501",
  "app.example.com.",
  "user@app.example.com",
  "app.example.com@evil.example",
  "app.example.com#evil",
  "app.example.com/",
  "app.example.com\\evil",
  "app.example.com, evil.example",
  "localhost:8501 ",
  "localhost:08501",
  "localhost:",
  "[::1",
  "[::ffff:127.0.0.1]:8501",
  "0x7f.1:8501",
  "2130706433:8501",
  "192.168.1.6:8501",
  "192.168.1.5",
  "192.168.1.5:80",
  "аpp.example.com",
  `${"a".repeat(400)}:8501`,
];

describe("the host of a request", () => {
  test.each(ours)("%s is ours", (host, origin) => {
    expect(siteFor(host, sites, arrived)?.origin).toBe(origin);
  });

  test.each(foreign)("%j is not ours", (host) => {
    expect(siteFor(host, sites, arrived)).toBeUndefined();
  });

  test("a missing host is not ours", () => {
    expect(siteFor(undefined, sites, arrived)).toBeUndefined();
  });

  test("an address of either family counts as it arrived", () => {
    const at = (address: string) => ({ address, port: 8501, secure: false });
    expect(siteFor("10.0.0.1:8501", sites, at("::ffff:10.0.0.1"))?.origin).toBe("http://10.0.0.1:8501");
    expect(siteFor("[fd00::1]:8501", sites, at("fd00::1"))?.origin).toBe("http://[fd00::1]:8501");
    expect(siteFor("evil.example:8501", sites, at("10.0.0.1"))).toBeUndefined();
  });
});

const foreignOrigins: readonly (string | undefined)[] = [
  undefined,
  "",
  "null",
  "http://app.example.com",
  "https://app.example.com:443",
  "https://app.example.com/",
  "https://app.example.com.evil.example",
  "https://evilapp.example.com",
  "https://APP.example.com",
  "https://user@app.example.com",
  "https://app.example.com, https://app.example.com",
  "*",
  "file://",
  "chrome-extension://abc",
];

describe("the origin of a request", () => {
  const site = { origin: "https://app.example.com", secure: true };

  test("its own is taken", () => {
    expect(isOwnOrigin("https://app.example.com", site)).toBe(true);
  });

  test.each(foreignOrigins)("%j is refused", (origin) => {
    expect(isOwnOrigin(origin, site)).toBe(false);
  });
});

describe("configured origins", () => {
  const notOrigins = [
    "*",
    "app.example.com",
    "https://*.example.com",
    "https://app.example.com/",
    "https://app.example.com:443",
  ];
  const more = [
    "https://APP.example.com",
    "ftp://app.example.com",
    "^https://app",
    "https://u:p@app.example.com",
    "null",
    "",
  ];
  test.each([...notOrigins, ...more])("%j stops the start", (text) => {
    expect(() => ownSites([text], { port: 8501, secure: false })).toThrow("An origin such as");
  });

  test("one host with two schemes stops the start", () => {
    const both = ["http://localhost:8501", "https://localhost:8501"];
    expect(() => ownSites(both, { port: 8501, secure: false })).toThrow("one scheme only");
  });
});
