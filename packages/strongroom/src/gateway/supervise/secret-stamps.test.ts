import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { SecretStamps } from "./secret-stamps.ts";

const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});
function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "strongroom-stamps-"));
  made.push(path);
  return path;
}

const one = { mail: { key: "canary-of-the-mail" } };
const two = { ...one, maps: "canary-of-the-maps" };

test("the same secrets have the same stamp in a later process", () => {
  const at = folder();
  const [stamp] = new SecretStamps(at).add(one);
  expect(new SecretStamps(at).add(one)).toEqual([stamp]);
  expect(new SecretStamps(folder()).add(one)[0]).not.toBe(stamp);
});

test("one more secret leaves those before known; one that is gone or changed does not", () => {
  const at = folder();
  const [before] = new SecretStamps(at).add(one);
  const both = new SecretStamps(at).add(two);
  expect(both[0]).not.toBe(before);
  expect(both).toContain(before);
  for (const others of [one, { ...two, maps: "another-canary" }, {}])
    expect(new SecretStamps(at).add(others)).not.toContain(both[0]);
  // Named otherwise, it is hidden all the same.
  expect(new SecretStamps(at).add({ a: "canary-of-the-mail", b: "canary-of-the-maps" })).toContain(both[0]);
});

test("what one process has hidden once stays known in it", () => {
  const stamps = new SecretStamps(folder());
  const [first] = stamps.add(one);
  expect(stamps.add({})).toEqual([first]);
  expect(stamps.add({ other: "canary-of-others" })).toContain(first);
});

test("the file says nothing of the secrets, and counts for nothing once it is changed", () => {
  const at = folder();
  const [before] = new SecretStamps(at).add(one);
  const file = join(at, "secret-sets");
  const bytes = readFileSync(file);
  expect(bytes.includes("canary")).toBe(false);
  bytes[bytes.length - 20] = (bytes[bytes.length - 20] ?? 0) ^ 1;
  writeFileSync(file, bytes);
  expect(new SecretStamps(at).add(two)).not.toContain(before);
});

test("no more is remembered than the last thirty", () => {
  const at = folder();
  const [first] = new SecretStamps(at).add({ n: "canary 0" });
  const all: Record<string, string> = { n: "canary 0" };
  for (let count = 1; count <= 30; count++) {
    all[`n${count}`] = `canary ${count}`;
    new SecretStamps(at).add(all);
  }
  const stamps = new SecretStamps(at).add(all);
  expect(stamps).toHaveLength(30);
  expect(stamps).not.toContain(first);
});
