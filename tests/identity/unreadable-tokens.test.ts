import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openToAll } from "../../packages/strongroom/src/gateway/access/access.ts";
import { sqliteStore } from "../../packages/strongroom/src/gateway/store/sqlite-store.ts";
import { AppWithSignIn } from "./app-with-sign-in.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "strongroom-unreadable-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Somebody who has signed in, with a page open, at an app for those who have. */
async function start() {
  const clock = { ahead: 0 };
  const file = join(folder, "sessions.db");
  const store = sqliteStore(file, randomBytes(32));
  const access = { ...openToAll, allow: "signed-in" as const };
  const app = await AppWithSignIn.start({
    gateway: { store, access, now: () => Date.now() + clock.ahead },
  });
  const [visitor, other] = [app.visitor(), app.visitor()];
  await app.signIn(visitor);
  await app.signIn(other, "mallory");
  const cookie = visitor.cookies(new URL(app.origin).host);
  const tab = await app.under.open("/", { cookie });
  const damage = (text: string): void => {
    const database = new DatabaseSync(file);
    database.exec(text);
    database.close();
  };
  return {
    app,
    clock,
    cookie,
    damage,
    store,
    tab,
    visitor,
    async [Symbol.asyncDispose](): Promise<void> {
      await app[Symbol.asyncDispose]();
      await store.close();
    },
  };
}

const damages: readonly (readonly [string, string])[] = [
  ["are damaged", "update records set value = x'0102' where kind = 'tokens'"],
  [
    "are another key's",
    "update records set value = cast(substr(value, 1, 1) || randomblob(length(value) - 1) as blob) where kind = 'tokens'",
  ],
  [
    "are those of somebody else",
    "create temp table old as select * from records; update records set value = (select value from old where old.kind = 'tokens' and old.id <> records.id) where kind = 'tokens'",
  ],
  ["are gone", "delete from records where kind = 'tokens'"],
];

test.each(damages)("whose tokens %s is asked once to sign in anew, and then let in", async (_, text) => {
  await using started = await start();
  const { app, clock, damage, tab, visitor } = started;
  damage(text);
  expect((await visitor.go(`${app.origin}/`)).status).toBe(200); // nothing was due
  clock.ahead += 300_000;
  const sent = await visitor.go(`${app.origin}/`);
  expect([sent.status, sent.headers.location]).toEqual([303, "/"]);
  expect(await tab.hear("gone")).toEqual({ t: "gone", why: "signed-out" });
  expect((await visitor.go(`${app.origin}/`)).status).toBe(401);
  expect((await app.signIn(visitor)).status).toBe(303);
  expect((await visitor.go(`${app.origin}/`)).status).toBe(200);
  expect(app.provider.grants).toEqual([]);
  expect(app.under.lines.filter((line) => line.includes("failed inside"))).toEqual([]);
});

test("who asks for a token that cannot be read is signed out, and the author's code learns that nobody is in", async () => {
  await using started = await start();
  const { app, damage, tab } = started;
  damage(damages[0]?.[1] ?? "");
  const { bearer } = app.under.pool.last.opening;
  expect(await bearer?.()).toMatchObject({ ok: false });
  expect(await tab.hear("gone")).toEqual({ t: "gone", why: "signed-out" });
});

test("a store that does not answer signs nobody out", async () => {
  await using started = await start();
  const { app, clock, store, visitor } = started;
  const get = store.records.get.bind(store.records);
  store.records.get = () => Promise.reject(new Error("busy"));
  clock.ahead += 300_000;
  expect((await visitor.go(`${app.origin}/`)).status).toBe(200);
  store.records.get = get;
  clock.ahead += 30_000;
  expect((await visitor.go(`${app.origin}/`)).status).toBe(200);
});

test.each(["update records set value = x'00'", "update records set value = randomblob(200)"])(
  "a sign-in under way that cannot be read is one that has expired: %s",
  async (text) => {
    await using started = await start();
    const { app, damage } = started;
    const visitor = app.visitor();
    const callback = await app.toCallback(visitor, "bob");
    damage(`${text} where kind = 'transaction'`);
    expect((await visitor.go(callback)).status).toBe(400);
  },
);

test("a sign-in whose row is moved to another name, or that another key has sealed, is nobody's", async () => {
  await using started = await start();
  const { app, cookie, damage } = started;
  for (const kind of ["login", "seen"]) {
    damage(
      `create temp table old as select * from records; update records set value = (select value from old where old.kind = '${kind}' and old.id <> records.id) where kind = '${kind}'`,
    );
  }
  await expect
    .poll(async () => (await app.under.fetch("/", { headers: { cookie } })).status, { timeout: 10_000 })
    .toBe(401);
});
