import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { AuditLog } from "../../packages/strongroom/src/gateway/audit/audit-log.ts";
import { logFiles } from "../../packages/strongroom/src/gateway/audit/audit-files.ts";
import { verifyAudit } from "../../packages/strongroom/src/gateway/audit/verify.ts";
import { readOrMakeKey } from "../../packages/strongroom/src/gateway/store/key-file.ts";
import { sqliteStore } from "../../packages/strongroom/src/gateway/store/sqlite-store.ts";
import { Mask } from "../../packages/strongroom/src/secrets/mask.ts";
import type { TestTab } from "../gateway/gateway-under-test.ts";
import { AppWithSignIn } from "./app-with-sign-in.ts";

const program = fileURLToPath(new URL("../../packages/strongroom/bin/strongroom.mjs", import.meta.url));
let folder = "";
let state = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "strongroom-logins-"));
  state = join(folder, ".strongroom", "state");
  mkdirSync(state, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, "app.ts"), "");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function strongroom(...args: readonly string[]) {
  const env = { PATH: process.env["PATH"], HOME: folder };
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: folder,
    env,
    encoding: "utf8",
  });
  return { status, out: stdout + stderr };
}

function audited(): string {
  const audit = join(state, "audit");
  return logFiles(audit)
    .map((name) => readFileSync(join(audit, name), "utf8"))
    .join("");
}

const key = (): Buffer => readOrMakeKey(join(state, "key"));

/** A gateway whose store and audit log are where those of the app are. */
async function start() {
  const log = { warn: () => undefined, error: () => undefined };
  const audit = new AuditLog({ folder: join(state, "audit"), root: key(), mask: new Mask({}), log });
  const store = sqliteStore(join(state, "sessions.db"), key());
  const app = await AppWithSignIn.start({ gateway: { store, audit } });
  return {
    app,
    store,
    async [Symbol.asyncDispose](): Promise<void> {
      await app[Symbol.asyncDispose]();
      await store.close();
      audit.close();
    },
  };
}

async function signedIn(app: AppWithSignIn, name: string): Promise<TestTab> {
  const visitor = app.visitor();
  await app.signIn(visitor, name);
  return app.under.open("/", { cookie: visitor.cookies(new URL(app.origin).host) });
}

test("an operator lists sign-ins without their tokens, ends them, and their open pages close", async () => {
  await using started = await start();
  const { app } = started;
  const [alice, alsoAlice, bob, carol] = [
    await signedIn(app, "alice"),
    await signedIn(app, "alice"),
    await signedIn(app, "bob"),
    await signedIn(app, "carol"),
  ];
  const list = strongroom("logins", "list");
  expect(list.status).toBe(0);
  for (const name of ["alice", "bob", "carol"]) expect(list.out).toContain(`${name}@example.com`);
  const rows = JSON.parse(strongroom("logins", "list", "--json").out) as { id: string; subject: string }[];
  expect(rows).toHaveLength(4);
  expect(JSON.stringify(rows)).not.toMatch(/eyJ|token|[\w-]{43}/);
  expect(strongroom("logins", "end", "--who", "ALICE@example.com").out).toBe("2 sign-ins ended.\n");
  for (const tab of [alice, alsoAlice]) expect(await tab.hear("gone")).toMatchObject({ why: "signed-out" });
  expect((await app.under.fetch("/_strongroom/logins", { headers: { cookie: alice.cookie } })).status).toBe(
    403,
  );
  const { id = "" } = rows.find(({ subject }) => subject === "bob") ?? {};
  expect(strongroom("logins", "end", "--id", id).status).toBe(0);
  expect(await bob.hear("gone")).toMatchObject({ why: "signed-out" });
  expect(carol.closeCode).toBeUndefined();
  expect(strongroom("logins", "end", "--id", id)).toMatchObject({ status: 1 });
  expect(strongroom("logins", "end", "--all").status).toBe(0);
  expect(await carol.hear("gone")).toMatchObject({ why: "signed-out" });
  const lines = audited();
  expect(lines.match(/"kind":"logout".*by an operator/g)).toHaveLength(4);
  expect(verifyAudit(join(state, "audit"), key()).ok).toBe(true);
});

test("what is ended while no server runs is over when one starts, and has its line then", async () => {
  {
    await using started = await start();
    await signedIn(started.app, "alice");
  }
  expect(strongroom("logins", "end", "--all").out).toBe("1 sign-in ended.\n");
  expect(audited()).not.toContain("by an operator");
  await using started = await start();
  await expect.poll(audited, { timeout: 5_000 }).toContain("by an operator");
  expect(await started.store.records.ids("login")).toEqual([]);
  expect(await started.store.records.ids("tokens")).toEqual([]);
  expect(strongroom("logins", "list").out).toContain("Nobody is signed in");
});

test("whose sign-ins end must be said, once, and nothing is made where no server has run", () => {
  for (const args of [[], ["--all", "--who", "a"], ["--id", "ab"]])
    expect(strongroom("logins", "end", ...args)).toMatchObject({ status: 2 });
  expect(strongroom("logins", "list").out).toContain("Nobody is signed in");
  expect(strongroom("logins", "end", "--who", "alice")).toMatchObject({ status: 1 });
});
