import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readOrMakeKey } from "../../packages/strongroom/src/gateway/store/key-file.ts";
import { sqliteStore } from "../../packages/strongroom/src/gateway/store/sqlite-store.ts";
import { AppWithSignIn } from "./app-with-sign-in.ts";
import type { Visitor } from "./browser-without-screen.ts";
import { logoutToken, tell } from "./logout-token.ts";

const program = fileURLToPath(new URL("../../packages/strongroom/bin/strongroom.mjs", import.meta.url));
const host = (app: AppWithSignIn): string => new URL(app.origin).host;
let folder = "";
let state = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "strongroom-meanwhile-"));
  state = join(folder, ".strongroom", "state");
  mkdirSync(state, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, "app.ts"), "");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function strongroom(...args: readonly string[]): Promise<void> {
  const env = { PATH: process.env["PATH"], HOME: folder };
  await once(spawn(process.execPath, [program, ...args], { cwd: folder, env, stdio: "ignore" }), "exit");
}

/** What is done while the provider is asked about somebody: the code is exchanged, and nothing written yet. */
interface Case {
  readonly name: string;
  readonly act: (app: AppWithSignIn, visitor: Visitor) => Promise<unknown>;
  readonly isOver: boolean;
  /** Somebody is signed in in that browser already. */
  readonly isSignedIn?: true;
}

const cases: readonly Case[] = [
  { name: "nothing happens", act: async () => undefined, isOver: false },
  { name: "the provider says that they are out", act: (app) => tell(app, logoutToken(app)), isOver: true },
  {
    name: "the provider says that somebody else is out",
    act: (app) => tell(app, logoutToken(app, { sub: "bob" })),
    isOver: false,
  },
  {
    name: "they sign out in another tab",
    act: (app, visitor) => app.act(visitor, "/_strongroom/logout"),
    isOver: true,
    isSignedIn: true,
  },
  {
    name: "they sign out everywhere else, in another browser",
    act: async (app) => {
      const other = app.visitor();
      other.jar.set(host(app), new Map([["strongroom-viewer", elsewhere]]));
      expect((await app.act(other, "/_strongroom/logins/end-others")).status).toBe(200);
    },
    isOver: true,
  },
  { name: "an operator ends everybody's", act: () => strongroom("logins", "end", "--all"), isOver: true },
  {
    name: "an operator ends theirs",
    act: () => strongroom("logins", "end", "--who", "Alice@example.com"),
    isOver: true,
  },
  { name: "an operator ends others'", act: () => strongroom("logins", "end", "--who", "bob"), isOver: false },
];
/** The cookie of a sign-in of the same person in another browser. */
let elsewhere = "";

test.each(cases)(
  "while a sign-in is made, $name: it is over before it begins = $isOver",
  { timeout: 30_000 },
  async ({ act, isOver, isSignedIn }) => {
    const store = sqliteStore(join(state, "sessions.db"), readOrMakeKey(join(state, "key")));
    const app = await AppWithSignIn.start({ gateway: { store } });
    const [visitor, other] = [app.visitor(), app.visitor()];
    await app.signIn(other);
    elsewhere = other.jar.get(host(app))?.get("strongroom-viewer") ?? "";
    if (isSignedIn) await app.signIn(visitor);
    const callback = await app.toCallback(visitor);
    app.provider.holds.set("/me", async () => {
      app.provider.holds.clear();
      await act(app, visitor);
    });
    const done = await visitor.go(callback);
    expect(done.status).toBe(isOver ? 403 : 303);
    if (isOver) expect(done.body).toContain("This sign-in was ended");
    const cookie = `strongroom-viewer=${visitor.jar.get(host(app))?.get("strongroom-viewer") ?? ""}`;
    const list = await app.under.fetch("/_strongroom/logins", { headers: { cookie } });
    expect(list.body.includes('"isThis":true')).toBe(!isOver);
    const rows = await store.records.ids("tokens");
    expect(rows).toEqual(await store.records.ids("login"));
    await app[Symbol.asyncDispose]();
    await store.close();
  },
);

test("an account that is disabled while its owner signs in elsewhere is signed out there, too", async () => {
  const clock = { ahead: 0 };
  await using app = await AppWithSignIn.start({ gateway: { now: () => Date.now() + clock.ahead } });
  const [visitor, other] = [app.visitor(), app.visitor()];
  await app.signIn(other);
  const callback = await app.toCallback(visitor);
  app.provider.holds.set("/me", async () => {
    app.provider.holds.clear();
    app.provider.lies.set("/me", () => ({ sub: "alice" })); // what was asked a moment before
    clock.ahead += 300_000;
    app.provider.disabled.add("alice");
    await other.go(`${app.origin}/`);
  });
  expect((await visitor.go(callback)).status).toBe(403);
});

test("who signs in again right after an end is let in", async () => {
  await using app = await AppWithSignIn.start();
  const visitor = app.visitor();
  await app.signIn(visitor);
  await app.act(visitor, "/_strongroom/logout");
  expect(await tell(app, logoutToken(app))).toBe(200);
  expect((await app.signIn(visitor)).status).toBe(303);
});
