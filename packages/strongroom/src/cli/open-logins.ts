import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { loadConfig } from "../config/load.ts";
import { endOf, readLogins, type Login } from "../gateway/auth/login-row.ts";
import { nameOf } from "../gateway/auth/own-logins.ts";
import { readOrMakeKey } from "../gateway/store/key-file.ts";
import type { Records } from "../gateway/store/records.ts";
import { sqliteStore } from "../gateway/store/sqlite-store.ts";
import { appTarget } from "./app-target.ts";
import { stateFolderOf } from "./state-folder.ts";

/** A sign-in as an operator sees it. */
export interface KnownLogin {
  readonly viewer: string;
  /** Names it; opens nothing. */
  readonly id: string;
  /** The e-mail address, or else the subject. */
  readonly who: string;
  readonly login: Login;
}

const idChars = 12;

/** Hands `use` a way to read an app's sign-ins that go on; nothing where no server has run here. It may run meanwhile. */
export async function withLogins<T>(
  word: string | undefined,
  use: (read: () => Promise<readonly KnownLogin[]>, records: Records) => Promise<T>,
): Promise<T | undefined> {
  const { folder: appFolder } = appTarget(word);
  const state = stateFolderOf(appFolder);
  const [file, key] = [join(state, "sessions.db"), join(state, "key")];
  if (!existsSync(file) || !existsSync(key)) return undefined;
  const sources = { appFolder, home: homedir(), environment: process.env, flags: new Map<string, string>() };
  const { session } = loadConfig(sources).config;
  const times = { idleSeconds: session.signInIdle / 1_000, lifeSeconds: session.signInLife / 1_000 };
  const store = sqliteStore(file, readOrMakeKey(key), { isGuest: true });
  const read = async (): Promise<readonly KnownLogin[]> =>
    [...(await readLogins(store.records))]
      .filter(([, login]) => endOf(login, times) > Date.now())
      .map(([viewer, login]) => knownLogin(viewer, login))
      .toSorted((a, b) => b.login.identity.signedInAt - a.login.identity.signedInAt);
  try {
    return await use(read, store.records);
  } finally {
    await store.close();
  }
}

function knownLogin(viewer: string, login: Login): KnownLogin {
  const { claims, subject } = login.identity;
  const email = claims["email"];
  const who = typeof email === "string" && email !== "" ? email : subject;
  return {
    viewer,
    id: Buffer.from(nameOf(viewer), "base64url").toString("hex").slice(0, idChars),
    who,
    login,
  };
}

/** A text of a stranger for a terminal: nothing in it moves a cursor or turns the direction of reading. */
export function plainText(text: string): string {
  return text.slice(0, 200).replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, "\ufffd");
}

export const noLogins = "Nobody is signed in: no server has kept a sign-in of this app here.";
