import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Mask } from "../../secrets/mask.ts";
import { logFiles } from "./audit-files.ts";
import { AuditLog } from "./audit-log.ts";
import { verifyAudit } from "./verify.ts";

const root = randomBytes(32);
let folder = "";
let warnings = 0;
let clock = Date.parse("2026-01-02T03:04:05.678Z");
const log = { warn: () => void warnings++, error: () => undefined };

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), "strongroom-audit-")), "audit");
  warnings = 0;
});
afterEach(() => rmSync(join(folder, ".."), { recursive: true, force: true }));

function open(more: object = {}): AuditLog {
  const mask = new Mask({ key: "s3cr3t-canary-value" });
  return new AuditLog({ folder, root, mask, log, now: () => clock, ...more });
}

function written(): string {
  return logFiles(folder)
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .join("");
}

/** A log of five logins, and what one edit does to the verdict on it. */
function afterEdit(edit: (lines: string[]) => string[]): ReturnType<typeof verifyAudit> {
  const audit = open();
  for (const subject of ["a", "b", "c", "d", "e"]) audit.note({ kind: "login", subject });
  audit.close();
  const file = join(folder, "000000000000001.jsonl");
  const lines = readFileSync(file, "utf8").trimEnd().split("\n");
  writeFileSync(
    file,
    edit(lines)
      .map((line) => `${line}\n`)
      .join(""),
  );
  return verifyAudit(folder, root);
}

test("one line says when, what, who and where, in a file that only its owner reads", () => {
  const audit = open();
  audit.note({ kind: "login", viewer: "v".repeat(43), subject: "alice@example.com", address: "10.0.0.1" });
  const [line = ""] = written().split("\n");
  expect(JSON.parse(line)).toEqual({
    n: 1,
    at: "2026-01-02T03:04:05.678Z",
    kind: "login",
    outcome: "done",
    viewer: "v".repeat(22),
    subject: "alice@example.com",
    address: "10.0.0.1",
    code: expect.stringMatching(/^[\w-]{43}$/) as string,
  });
  expect(statSync(join(folder, "000000000000001.jsonl")).mode & 0o777).toBe(0o600);
  expect(statSync(join(folder, "head")).mode & 0o777).toBe(0o600);
  expect(verifyAudit(folder, root)).toMatchObject({ ok: true, entries: 1 });
  audit.close();
});

test("no text of a stranger begins a line, moves a cursor or shows a secret", () => {
  const audit = open();
  const detail = 'x\n{"n":2}\r\u001b[2J\u202e\u2028\u0085"s3cr3t-canary-value';
  audit.note({ kind: "refused", detail });
  expect(written()).toMatch(/^[\x20-\x7e]+\n$/);
  expect(written()).not.toContain("canary");
  expect(JSON.parse(written())).toMatchObject({ detail: detail.replace("s3cr3t-canary-value", "•••") });
  audit.close();
  expect(verifyAudit(folder, root)).toMatchObject({ ok: true, entries: 1 });
});

test("the longest texts leave a line that the next start can read", () => {
  const long = "\u202e".repeat(5_000);
  const audit = open();
  for (let at = 0; at < 3; at++)
    audit.note({ kind: "login", viewer: long, subject: long, address: long, detail: long });
  audit.close();
  open().close();
  expect(warnings).toBe(0);
  expect(verifyAudit(folder, root)).toMatchObject({ ok: true, entries: 3 });
});

test.each<[string, (lines: string[]) => string[], number]>([
  ["changed", (lines) => lines.map((line) => line.replace('"c"', '"z"')), 3],
  ["removed", (lines) => lines.toSpliced(1, 1), 2],
  ["repeated", (lines) => lines.toSpliced(3, 0, lines[2] ?? ""), 4],
  ["moved", ([a = "", b = "", ...rest]) => [b, a, ...rest], 1],
  ["cut off at the end", (lines) => lines.slice(0, -2), 4],
  ["removed at the beginning", (lines) => lines.slice(1), 1],
  ["emptied", () => [], 1],
  ["given a line of another key", (lines) => [...lines, (lines[4] ?? "").replace('"n":5', '"n":6')], 6],
])("a log whose line was %s is told with the number of the entry", (_, edit, at) => {
  expect(afterEdit((lines) => lines)).toMatchObject({ ok: true, entries: 5 });
  rmSync(folder, { recursive: true });
  expect(afterEdit(edit)).toMatchObject({ ok: false, at });
});

test("a log without its head, or with that of another key, is told", () => {
  afterEdit((lines) => lines);
  expect(verifyAudit(folder, randomBytes(32))).toMatchObject({ ok: false, at: 0 });
  rmSync(join(folder, "head"));
  expect(verifyAudit(folder, root)).toMatchObject({ ok: false, at: 0 });
});

test("a restart goes on with the chain, also after a crash in the midst of a line", () => {
  const first = open();
  first.note({ kind: "start" });
  first.note({ kind: "login" });
  appendFileSync(join(folder, "000000000000001.jsonl"), '{"n":3,"at":"20');
  const second = open();
  second.note({ kind: "stop" });
  expect(verifyAudit(folder, root)).toMatchObject({ ok: true, entries: 3 });
  expect(warnings).toBe(0);
});

test("a restart does not hide that lines are missing", () => {
  const first = open();
  for (let at = 0; at < 4; at++) first.note({ kind: "login" });
  const file = join(folder, "000000000000001.jsonl");
  truncateSync(file, readFileSync(file).indexOf("\n", 0) + 1);
  open().note({ kind: "start" });
  expect(warnings).toBe(1);
  expect(verifyAudit(folder, root)).toMatchObject({ ok: false, at: 2 });
});

test("a restart does not hide that the head was taken away, with lines or without", () => {
  for (const left of [0, 1, 4]) {
    const first = open();
    for (let at = 0; at < 4; at++) first.note({ kind: "login" });
    first.close();
    const file = join(folder, "000000000000001.jsonl");
    const kept = readFileSync(file, "utf8").split("\n").slice(0, left);
    writeFileSync(file, kept.map((line) => `${line}\n`).join(""));
    rmSync(join(folder, "head"));
    warnings = 0;
    const second = open();
    second.note({ kind: "start" });
    second.close();
    expect([left, warnings]).toEqual([left, 1]);
    expect(verifyAudit(folder, root)).toMatchObject({ ok: false, at: left + 1 });
    rmSync(folder, { recursive: true });
  }
});

test("two servers of one app go on with one chain", () => {
  const [one, two] = [open(), open()];
  for (let at = 0; at < 5; at++) {
    one.note({ kind: "login" });
    two.note({ kind: "logout" });
  }
  expect(verifyAudit(folder, root)).toMatchObject({ ok: true, entries: 10 });
});

test("files are begun anew when they are full, the oldest go, and the chain goes on", () => {
  const audit = open({ maxFileBytes: 1_000, maxFiles: 3 });
  for (let at = 0; at < 100; at++) audit.note({ kind: "login", subject: String(at) });
  expect(logFiles(folder)).toHaveLength(3);
  const verdict = verifyAudit(folder, root);
  expect(verdict).toMatchObject({ ok: true, head: { n: 100 } });
  rmSync(join(folder, logFiles(folder)[0] ?? ""));
  expect(verifyAudit(folder, root)).toMatchObject({ ok: false });
});

test("a flood of refusals is summed up, and leaves logins their lines", () => {
  const audit = open();
  for (let at = 0; at < 10_000; at++) audit.note({ kind: "refused", detail: "x" });
  audit.note({ kind: "login", subject: "alice" });
  clock += 2_000;
  audit.note({ kind: "refused", detail: "later" });
  const entries = written()
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as { unsaid?: number });
  expect(entries).toHaveLength(52);
  expect(entries.at(-1)?.unsaid).toBe(9_950);
  audit.close();
});

test("an act that cannot be written down is not done; what is refused stays refused", () => {
  const audit = open({ maxFileBytes: 1 });
  audit.note({ kind: "login" });
  rmSync(folder, { recursive: true }); // the next file cannot be made
  expect(() => audit.note({ kind: "login" })).toThrow(expect.objectContaining({ code: "ERR_AUDIT" }));
  expect(() => audit.note({ kind: "refused" })).not.toThrow();
});
