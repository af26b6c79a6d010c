import { randomBytes } from "node:crypto";
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readOrMakeKey } from "./key-file.ts";
import { memoryStore } from "./memory-store.ts";
import { keptChanges, type StoredRecord } from "./records.ts";
import { sqliteStore } from "./sqlite-store.ts";
import type { Store } from "./store.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "strongroom-store-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const key = randomBytes(32);
const bytes = (text: string): Buffer => Buffer.from(text);

const makers: readonly (readonly [name: string, make: (now: () => number) => Store])[] = [
  ["memory", (now) => memoryStore(now)],
  ["sqlite", (now) => sqliteStore(join(folder, "sessions.db"), key, { now })],
];

describe.each(makers)("the %s store", (_, make) => {
  let time = 1_000;
  let store: Store;
  beforeEach(() => {
    time = 1_000;
    store = make(() => time);
  });
  afterEach(async () => {
    await store.close();
  });

  test("gives back what was put, and nothing under another name", async () => {
    await store.put([{ id: "a", head: bytes("head"), state: bytes("state") }]);
    expect(await store.get("a")).toEqual({ head: bytes("head"), state: bytes("state") });
    expect(await store.get("b")).toBeUndefined();
    expect(await store.get("__proto__")).toBeUndefined();
    expect(await store.get("' or 1=1 --")).toBeUndefined();
  });

  test("keeps the state where only the head is written", async () => {
    await store.put([{ id: "a", head: bytes("1"), state: bytes("state") }]);
    await store.put([{ id: "a", head: bytes("2") }]);
    expect(await store.get("a")).toEqual({ head: bytes("2"), state: bytes("state") });
  });

  test("has no state where none was ever written", async () => {
    await store.put([{ id: "a", head: bytes("1") }]);
    expect(await store.get("a")).toEqual({ head: bytes("1"), state: undefined });
  });

  test("is not changed by what happens to the bytes later", async () => {
    const head = bytes("head");
    await store.put([{ id: "a", head }]);
    head.fill(0);
    expect((await store.get("a"))?.head).toEqual(bytes("head"));
  });

  test("deletes a session with its state", async () => {
    await store.put([{ id: "a", head: bytes("1"), state: bytes("old") }]);
    await store.delete(["a", "unknown"]);
    expect(await store.get("a")).toBeUndefined();
    await store.put([{ id: "a", head: bytes("2") }]);
    expect(await store.get("a")).toEqual({ head: bytes("2"), state: undefined });
  });

  test("removes what was neither written nor touched for long", async () => {
    await store.put(["old", "touched", "written"].map((id) => ({ id, head: bytes(id) })));
    time = 2_000;
    await store.touch(["touched", "unknown"]);
    await store.put([{ id: "written", head: bytes("w") }]);
    expect(await store.deleteUnusedSince(2_000)).toBe(1);
    expect(await store.get("old")).toBeUndefined();
    expect(await store.get("unknown")).toBeUndefined();
    expect(await store.get("touched")).toBeDefined();
    expect(await store.get("written")).toBeDefined();
  });

  test("takes a state of many megabytes and a thousand sessions", async () => {
    const state = randomBytes(8_000_000);
    await store.put([{ id: "large", head: bytes("1"), state }]);
    await store.put(Array.from({ length: 1_000 }, (__, at) => ({ id: `s${at}`, head: bytes(`${at}`) })));
    expect((await store.get("large"))?.state?.equals(state)).toBe(true);
    expect((await store.get("s999"))?.head).toEqual(bytes("999"));
  });
});

describe.each(makers)("the records of the %s store", (_, make) => {
  let time = 1_000;
  let store: Store;
  beforeEach(() => {
    time = 1_000;
    store = make(() => time);
  });
  afterEach(async () => {
    await store.close();
  });
  const record = (id: string, value = id, expiresAt = 2_000): StoredRecord => ({
    kind: "login",
    id,
    value: bytes(value),
    expiresAt,
  });

  test("are given back under their own kind and name until they expire", async () => {
    await store.records.put([record("a"), record("a", "new"), record("b", "b", 1_500)]);
    expect(await store.records.get("login", "a")).toEqual(bytes("new"));
    expect(await store.records.get("tokens", "a")).toBeUndefined();
    expect(await store.records.get("login", "__proto__")).toBeUndefined();
    expect((await store.records.all("login")).map(({ id }) => id).sort()).toEqual(["a", "b"]);
    time = 1_500;
    expect(await store.records.get("login", "b")).toBeUndefined();
    expect(await store.records.all("login")).toEqual([record("a", "new")]);
  });

  test("are claimed by one of many, and again once they have expired", async () => {
    const claims = await Promise.all(
      Array.from({ length: 100 }, (__, at) => store.records.claim(record("a", `${at}`))),
    );
    expect(claims.filter(Boolean)).toHaveLength(1);
    time = 2_000;
    expect(await store.records.claim(record("a", "later", 3_000))).toBe(true);
    expect(await store.records.get("login", "a")).toEqual(bytes("later"));
  });

  test("are taken by one of many, and by nobody once they have expired", async () => {
    await store.records.put([record("a"), record("late", "late", 1_500)]);
    const taken = await Promise.all(Array.from({ length: 100 }, () => store.records.take("login", "a")));
    expect(taken.filter((value) => value !== undefined)).toEqual([bytes("a")]);
    time = 1_500;
    expect(await store.records.take("login", "late")).toBeUndefined();
  });

  test("are replaced where they stand, and not brought back", async () => {
    expect(await store.records.replace([record("a", "new")])).toBe(false);
    expect(await store.records.ids("login")).toEqual([]);
    await store.records.put([record("a")]);
    expect(await store.records.replace([record("a", "new"), record("b")])).toBe(true);
    expect(await store.records.get("login", "a")).toEqual(bytes("new"));
    expect([...(await store.records.ids("login"))].sort()).toEqual(["a", "b"]);
  });

  test("tell whose sign-in came, changed or went since they were asked last, and of nothing else", async () => {
    let { last: since } = await store.records.loginChanges();
    const told = async (): Promise<readonly string[] | undefined> => {
      const { last, viewers } = await store.records.loginChanges(since);
      since = last;
      return viewers?.toSorted();
    };
    expect(await told()).toEqual([]);
    await store.records.put([record("a"), record("b"), { ...record("x"), kind: "tokens" }]);
    expect(await told()).toEqual(["a", "b"]);
    await store.records.replace([{ ...record("x", "new"), kind: "tokens" }]);
    expect(await told()).toEqual([]);
    await store.records.replace([record("a", "new")]);
    expect(await told()).toEqual(["a"]);
    await store.records.delete(["login", "tokens"], ["a", "unknown"]);
    await store.records.take("login", "b");
    expect(await told()).toEqual(["a", "b"]);
    await store.records.put([record("c", "c", 1_500)]);
    expect(await told()).toEqual(["c"]);
    time = 1_500;
    await store.records.deleteExpired();
    expect(await told()).toEqual(["c"]);
  });

  test("say that each sign-in may be meant where they were asked too long ago, or know less than they told", async () => {
    await store.records.put(Array.from({ length: keptChanges + 1 }, (__, at) => record(`r${at}`)));
    const { last } = await store.records.loginChanges();
    expect((await store.records.loginChanges(last - 2)).viewers).toHaveLength(2);
    await store.records.deleteExpired();
    expect((await store.records.loginChanges(0)).viewers).toBeUndefined();
    expect((await store.records.loginChanges(1)).viewers).toHaveLength(keptChanges);
    expect((await store.records.loginChanges(last + 5)).viewers).toBeUndefined();
  });

  test("are deleted by name, and by time", async () => {
    await store.records.put([record("a"), record("b"), record("c", "c", 1_200)]);
    await store.records.delete(["login", "tokens"], ["a", "unknown"]);
    time = 1_200;
    await store.records.deleteExpired();
    time = 0;
    expect((await store.records.all("login")).map(({ id }) => id)).toEqual(["b"]);
  });
});

describe("the file of the sqlite store", () => {
  const file = (): string => join(folder, "sessions.db");

  test("is read by a later process, and shows nothing of what it holds", async () => {
    const first = sqliteStore(file(), key);
    await first.put([{ id: "a", head: bytes("a secret head"), state: bytes("a secret state") }]);
    const all = readdirSync(folder).map((name) => readFileSync(join(folder, name)).toString("latin1"));
    expect(all.some((content) => content.includes("secret"))).toBe(false);
    await first.close();
    const second = sqliteStore(file(), key);
    expect(await second.get("a")).toEqual({ head: bytes("a secret head"), state: bytes("a secret state") });
    await second.close();
  });

  test("opens no record that another key has sealed", async () => {
    const record = { kind: "login", id: "a", value: bytes("a secret claim"), expiresAt: 1e15 } as const;
    const first = sqliteStore(file(), key);
    await first.records.put([record]);
    await first.close();
    expect(readFileSync(file()).toString("latin1")).not.toContain("secret claim");
    const second = sqliteStore(file(), randomBytes(32));
    expect(await second.records.all("login")).toEqual([]);
    await expect(second.records.get("login", "a")).rejects.toThrow("does not open");
    await second.close();
  });

  test("may be read by its owner only", async () => {
    const store = sqliteStore(file(), key);
    await store.put([{ id: "a", head: bytes("1") }]);
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
    await store.close();
  });

  test("does not open a value that was moved to another session", async () => {
    const store = sqliteStore(file(), key);
    await store.put([
      { id: "a", head: bytes("1") },
      { id: "b", head: bytes("2") },
    ]);
    const other = new DatabaseSync(file());
    other.exec("update sessions set head = (select head from sessions where id = 'a') where id = 'b'");
    other.close();
    await expect(store.get("b")).rejects.toThrow("does not open");
    await store.close();
  });

  test("is set aside with a word when it is damaged or of another version", async () => {
    const said: string[] = [];
    const log = { warn: (text: string) => said.push(text) } as never;
    writeFileSync(file(), "this is not a database, but long enough to be looked at as one".repeat(100));
    const store = sqliteStore(file(), key, { log, now: () => 7 });
    await store.put([{ id: "a", head: bytes("1") }]);
    expect(await store.get("a")).toBeDefined();
    expect(readdirSync(folder)).toContain("sessions.db.damaged-7");
    expect(said).toHaveLength(1);
    await store.close();
    const later = new DatabaseSync(file());
    later.exec("pragma user_version = 99");
    later.close();
    await sqliteStore(file(), key, { log, now: () => 8 }).close();
    expect(readdirSync(folder)).toContain("sessions.db.damaged-8");
  });

  test("that cannot be made is named with the fix", () => {
    expect(() => sqliteStore(join(folder, "none", "sessions.db"), key)).toThrow(
      /cannot be opened .* writable/,
    );
  });

  test("writes all of a batch or none", async () => {
    const store = sqliteStore(file(), key);
    const broken = { id: null as unknown as string, head: bytes("1") };
    await expect(store.put([{ id: "a", head: bytes("1") }, broken])).rejects.toThrow();
    expect(await store.get("a")).toBeUndefined();
    await store.put([{ id: "a", head: bytes("2") }]);
    expect(await store.get("a")).toBeDefined();
    await store.close();
  });
});

describe("the key file", () => {
  const file = (): string => join(folder, "state", "key");

  test("is made for its owner only, and is the same the next time", () => {
    const made = readOrMakeKey(file());
    expect(made).toHaveLength(32);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(readOrMakeKey(file())).toEqual(made);
  });

  test.each([0o640, 0o604, 0o660, 0o666])(
    "is refused with mode %o, and the command that mends it is named",
    (mode) => {
      readOrMakeKey(file());
      chmodSync(file(), mode);
      expect(() => readOrMakeKey(file())).toThrow(`chmod 600 '${file()}'`);
    },
  );

  test("is refused when it is short, long, or a link", () => {
    const other = join(folder, "other");
    for (const length of [0, 31, 33]) {
      writeFileSync(other, Buffer.alloc(length), { mode: 0o600 });
      expect(() => readOrMakeKey(other)).toThrow("exactly 32 bytes");
    }
    symlinkSync(other, join(folder, "link"));
    expect(() => readOrMakeKey(join(folder, "link"))).toThrow("it is a link");
  });
});
