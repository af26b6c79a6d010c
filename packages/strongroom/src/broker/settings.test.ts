import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { credentialsOf } from "./credentials.ts";
import { loadDriver } from "./driver-package.ts";
import { settingsOf, type ConnectionSettings } from "./settings.ts";

const read = (section: unknown): ConnectionSettings =>
  settingsOf("shop", { connections: { shop: section }, appFolder: "/app", tie: [] });

describe("a section of [connections]", () => {
  test("of a server is a URL, or its parts, which win", () => {
    const url = "postgres://ann:p%40ss@db.example.com:6543/shop?sslmode=verify-full";
    expect(read({ type: "sql", url, database: "other" })).toMatchObject({
      engine: "postgres",
      host: "db.example.com",
      port: 6543,
      database: "other",
      user: "ann",
      password: "p@ss",
      tls: { host: "db.example.com" },
      write: false,
      timeoutMs: 30_000,
      maxRows: 100_000,
      maxBytes: 100_000_000,
      pool: 5,
      retries: 2,
    });
    expect(read({ type: "mariadb", host: "127.0.0.1", ssl: { mode: "off" } })).toMatchObject({
      engine: "mysql",
      port: 3306,
      tls: undefined,
    });
    expect(read({ type: "postgres", host: "/run/postgresql" })).toMatchObject({ tls: undefined });
  });

  test("without a URL is a database in memory; of a file, a path below the app's folder", () => {
    expect(read({ type: "sql" })).toMatchObject({ engine: "duckdb", path: undefined });
    expect(read({ type: "sql", url: "sqlite:data/a.db" })).toMatchObject({
      engine: "sqlite",
      path: "/app/data/a.db",
    });
    expect(read({ type: "sql", url: "duckdb:///data/a.db" })).toMatchObject({ path: "/data/a.db" });
    expect(read({ type: "sqlite", path: "/srv/a.db", timeout: "5m", maxBytes: "2mb" })).toMatchObject({
      path: "/srv/a.db",
      timeoutMs: 300_000,
      maxBytes: 2_000_000,
      pool: 2,
    });
  });

  test.each<[unknown, string]>([
    ["canary", ""],
    [{ type: "oracle" }, "type"],
    [{ type: "sqlite" }, "path"],
    [{ type: "sqlite", path: "../a.db" }, "path"],
    [{ type: "sqlite", path: "a.db", colour: "canary" }, "colour"],
    [{ type: "sqlite", path: "a.db", files: ["data"] }, "files"],
    [{ type: "sql", url: "sqlite:a.db", password: "canary" }, "password"],
    [{ type: "sql", url: "oracle://canary@host" }, "url"],
    [{ type: "postgres", url: "mysql://host/canary" }, "url"],
    [{ type: "postgres", url: "postgres://u:canary@host/a?options=-c" }, "url"],
    [{ type: "postgres", url: "postgres://u:canary@host/a?sslmode=prefer" }, "url"],
    [{ type: "postgres", url: "postgres://u:canary@host/a?sslmode=disable" }, "url"],
    [{ type: "postgres", url: "postgres://canary@host/a", host: "other" }, "host"],
    [{ type: "postgres", host: "db.example.com", ssl: { mode: "off" } }, "ssl.mode"],
    [{ type: "postgres", host: "db.example.com", ssl: { mode: "require" } }, "ssl.mode"],
    [{ type: "postgres", host: "db.example.com", ssl: { cert: "a.pem" } }, "ssl"],
    [{ type: "postgres", host: "db.example.com", ssl: { rejectUnauthorized: false } }, "ssl"],
    [{ type: "postgres", host: "127.0.0.1.evil.example", ssl: { mode: "off" } }, "ssl.mode"],
    [{ type: "postgres", password: "canary" }, ""],
    [{ type: "postgres", host: "h", timeout: "0s" }, "timeout"],
    [{ type: "postgres", host: "h", maxBytes: "9gb" }, "maxBytes"],
    [{ type: "postgres", host: "h", pool: 0 }, "pool"],
    [{ type: "postgres", host: "h", retries: 11 }, "retries"],
    [{ type: "http" }, ""],
    [{ type: "custom", module: "../../canary.ts" }, "module"],
  ])("is refused where it is wrong, and its values are not told: %j", (section, key) => {
    expect(() => read(section)).toThrow(
      expect.objectContaining({ code: "ERR_CONNECTION_SETTINGS", key }) as Error,
    );
    expect(() => read(section)).not.toThrow(/canary/);
  });
});

test("a driver that is not installed says what to type", () => {
  expect(() => loadDriver("/app", "no-such-driver", "no-such-driver")).toThrow(/npm i no-such-driver/);
});

test("a driver is the app's own before it is ours", () => {
  const folder = mkdtempSync(join(tmpdir(), "strongroom-driver-"));
  mkdirSync(join(folder, "node_modules/pg"), { recursive: true });
  writeFileSync(join(folder, "node_modules/pg/index.js"), "exports.from = 'app';");
  expect(loadDriver(folder, "pg", "pg")).toEqual({ from: "app" });
  expect(loadDriver(tmpdir(), "pg", "pg")).toHaveProperty("Client");
  rmSync(folder, { recursive: true });
});

test("credentials are what is hidden, and nothing that pages may well show", () => {
  const texts = credentialsOf({
    a: {
      type: "postgres",
      url: "postgres://ann:p%40ss-word@db/shop",
      password: "pass-word-2",
      ssl: { key: "certs/a.key" },
    },
    b: {
      type: "http",
      url: "https://api",
      token: "token-3",
      headers: { "X-Api-Key": "key-4", Accept: "text/html" },
    },
    c: {
      type: "custom",
      module: "a.ts",
      settings: { apiKey: "key-5", deep: { clientSecret: "key-6" }, region: "EU" },
    },
    d: { type: "http", url: "https://api", headers: { Authorization: "Bearer token-7" } },
  });
  const all = JSON.stringify(texts);
  for (const secret of ["p@ss-word", "pass-word-2", "token-3", "key-4", "key-5", "key-6", "token-7"])
    expect(all).toContain(secret);
  for (const plain of ["certs/a.key", "text/html", "EU", "postgres", "a.ts"])
    expect(texts).not.toContain(plain);
});
