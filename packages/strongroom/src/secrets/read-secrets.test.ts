import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { readSecrets, type Exposure, type SecretValues } from "./read-secrets.ts";

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "strongroom-secrets-"));
  made.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text, { mode: 0o644 });
  }
  return folder;
}

function read(
  files: Readonly<Record<string, string>>,
  exposure: Exposure = "none",
  prepare?: (folder: string) => void,
): SecretValues {
  const folder = folderWith(files);
  prepare?.(folder);
  return readSecrets({
    appFolder: join(folder, "app"),
    home: join(folder, "home"),
    exposureOf: () => exposure,
  });
}

function refusal(...given: Parameters<typeof read>): string {
  try {
    read(...given);
  } catch (error) {
    return error instanceof Error ? `${error.message} ${String(error.cause)}` : "";
  }
  return "";
}

const ours = "app/.strongroom/secrets.toml";

test("without files there are none", () => {
  expect(read({})).toEqual({ forAuthors: {}, connections: {}, auth: {} });
});

test("connections go to the broker, auth to the gateway, the rest to the author", () => {
  const text = `KEY = "k"\nwhen = 2026-01-02T03:04:05Z\n[mail]\nport = 25\nhosts = ["a"]\n[connections.shop]\npassword = "p"\n[auth]\nclient_secret = "c"\n`;
  expect(read({ [ours]: text })).toEqual({
    forAuthors: { KEY: "k", when: "2026-01-02T03:04:05.000Z", mail: { port: 25, hosts: ["a"] } },
    connections: { shop: { password: "p" } },
    auth: { client_secret: "c" },
  });
});

test("the app's entries win over the global ones, connection by connection", () => {
  const secrets = read({
    "home/.strongroom/secrets.toml": `a = 1\nb = 1\n[connections.x]\nu = 1\n[connections.y]\nu = 1\n`,
    [ours]: `b = 2\n[connections.y]\nv = 2\n`,
  });
  expect(secrets).toEqual({
    forAuthors: { a: 1, b: 2 },
    connections: { x: { u: 1 }, y: { v: 2 } },
    auth: {},
  });
});

test("a .streamlit folder is read where there is none of ours", () => {
  const other = "app/.streamlit/secrets.toml";
  expect(read({ [other]: "a = 1\n" }).forAuthors).toEqual({ a: 1 });
  expect(read({ [other]: "a = 1\n", [ours]: "b = 2\n" }).forAuthors).toEqual({ b: 2 });
});

test("a file that git tracks, or would take up, stops the start with what mends it", () => {
  expect(refusal({ [ours]: "a = 1\n" }, "tracked")).toMatch(
    /tracked by git.*git -C .*rm --cached secrets\.toml/s,
  );
  expect(refusal({ [ours]: "a = 1\n" }, "not-ignored")).toMatch(
    /not ignored.*echo secrets\.toml >> .*\.gitignore/s,
  );
});

test.skipIf(process.platform === "win32")("a file that others can reach and read stops the start", () => {
  const open = (folder: string): void => chmodSync(folder, 0o755);
  expect(refusal({ [ours]: "a = 1\n" }, "none", open)).toMatch(/chmod 600 .*secrets\.toml/);
  // Behind a closed folder its own mode opens nothing.
  expect(refusal({ [ours]: "a = 1\n" })).toBe("");
});

test.each([
  ['KEY = "hunter2\n', "secrets.toml:1:"],
  ['a = 1\nb = ["hunter2", inf]\n', "secrets.toml:2"],
  ['[connections]\nshop = "hunter2"\n', "secrets.toml:2"],
])("what is wrong with %j is told by its place alone", (text, place) => {
  const message = refusal({ [ours]: text });
  expect(message).toContain(place);
  expect(message).not.toContain("hunter2");
});
