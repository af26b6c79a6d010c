import { s } from "../../wire/s.ts";
import { decodeText, type Infer } from "../../wire/schema.ts";
import { ifReadable } from "../store/if-readable.ts";
import type { RecordKind, Records, StoredRecord } from "../store/records.ts";
import { identitySchema, type Identity } from "./identity.ts";
import { tokensSchema, type Tokens } from "./tokens.ts";

const rowSchema = s.object({
  v: s.literal(2),
  identity: identitySchema,
  /** The session at the provider. */
  sid: s.optional(s.string({ maxLength: 2_000 })),
  /** What it was begun with, as its owner would call it: "Firefox on Linux". */
  device: s.optional(s.string({ maxLength: 100 })),
});
type LoginRow = Omit<Infer<typeof rowSchema>, "v">;

/** Apart from who it is: a gateway that knows only that somebody was here says nothing else anew. */
const timesSchema = s.object({ seenAt: s.number({ min: 0 }), checkedAt: s.number({ min: 0 }) });
export type LoginTimesKept = Infer<typeof timesSchema>;

/** A sign-in in memory: without its tokens. */
export interface Login extends LoginRow {
  identity: Identity;
  seenAt: number;
  /** When `seenAt` was written last. */
  writtenAt: number;
  /** When the provider said last that all of it is still so. */
  checkedAt: number;
  /** When its access token ends, as far as that is known here. */
  tokenEndsAt: number | undefined;
}

export interface LoginTimes {
  /** Nothing done for so long, a sign-in ends. */
  readonly idleSeconds: number;
  /** It ends then, whatever is done. */
  readonly lifeSeconds: number;
}

/** When a sign-in ends of which nobody makes use any more, in ms of the clock. */
export function endOf({ identity, seenAt }: Login, { idleSeconds, lifeSeconds }: LoginTimes): number {
  return Math.min(seenAt + idleSeconds * 1_000, identity.signedInAt + lifeSeconds * 1_000);
}

/** All that a store has of a sign-in. */
export const loginKinds: readonly RecordKind[] = ["login", "seen", "tokens"];

const maxRowChars = 200_000;

/** What is written of a sign-in: the part of it that is given, for as long as it lasts at most. */
export function loginRecords(
  viewer: string,
  { identity, sid, device, seenAt, checkedAt }: Login,
  given: {
    readonly lifeSeconds: number;
    readonly parts: readonly ("login" | "seen")[];
    readonly tokens?: Tokens;
  },
): readonly StoredRecord[] {
  const expiresAt = identity.signedInAt + given.lifeSeconds * 1_000;
  const rowOf = (kind: "login" | "seen" | "tokens", value: unknown): StoredRecord => ({
    kind,
    id: viewer,
    value: Buffer.from(JSON.stringify(value)),
    expiresAt,
  });
  const parts = { login: { v: 2, identity, sid, device }, seen: { seenAt, checkedAt } };
  const rows = given.parts.map((part) => rowOf(part, parts[part]));
  return given.tokens === undefined ? rows : [...rows, rowOf("tokens", given.tokens)];
}

/** The sign-ins that a store has, by viewer; one that cannot be read, or that another version wrote, is left out. */
export async function readLogins(records: Records): Promise<ReadonlyMap<string, Login>> {
  const times = new Map((await records.all("seen")).map(({ id, value }) => [id, value]));
  const logins = new Map<string, Login>();
  for (const { id, value } of await records.all("login")) {
    const login = loginOf(value, times.get(id));
    if (login !== undefined) logins.set(id, login);
  }
  return logins;
}

/** One of them; nothing where there is none that can be read. */
export async function readLogin(records: Records, viewer: string): Promise<Login | undefined> {
  const value = await ifReadable(records.get("login", viewer));
  return value && loginOf(value, await ifReadable(records.get("seen", viewer)));
}

/** When somebody made use of it last, at whatever gateway. */
export async function readTimes(records: Records, viewer: string): Promise<LoginTimesKept | undefined> {
  return timesOf(await ifReadable(records.get("seen", viewer)));
}

/** What a provider gave with a sign-in; nothing where that cannot be read. */
export async function readTokens(records: Records, viewer: string): Promise<Tokens | undefined> {
  const value = await ifReadable(records.get("tokens", viewer));
  const tokens = value && decodeText(tokensSchema, value.toString(), maxRowChars);
  return tokens?.ok === true ? tokens.value : undefined;
}

function loginOf(value: Buffer, times: Buffer | undefined): Login | undefined {
  const row = decodeText(rowSchema, value.toString(), maxRowChars);
  const kept = timesOf(times);
  if (!row.ok || kept === undefined) return undefined;
  return { ...row.value, ...kept, writtenAt: kept.seenAt, tokenEndsAt: undefined };
}

function timesOf(value: Buffer | undefined): LoginTimesKept | undefined {
  const times = value && decodeText(timesSchema, value.toString(), maxRowChars);
  return times?.ok === true ? times.value : undefined;
}
