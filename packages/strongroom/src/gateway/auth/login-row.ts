import { s } from "../../wire/s.ts";
import { decodeText, type Infer } from "../../wire/schema.ts";
import type { Records, StoredRecord } from "../store/records.ts";
import { identitySchema, type Identity } from "./identity.ts";
import { tokensSchema, type Tokens } from "./tokens.ts";

const rowSchema = s.object({
  v: s.literal(1),
  identity: identitySchema,
  /** The session at the provider. */
  sid: s.optional(s.string({ maxLength: 2_000 })),
  seenAt: s.number({ min: 0 }),
  /** What it was begun with, as its owner would call it: "Firefox on Linux". */
  device: s.optional(s.string({ maxLength: 100 })),
});
type LoginRow = Omit<Infer<typeof rowSchema>, "v">;

/** A sign-in in memory: without its tokens. */
export interface Login extends LoginRow {
  identity: Identity;
  seenAt: number;
  /** When `seenAt` was written last. */
  writtenAt: number;
  /** When the provider said last that all of it is still so; long ago where only the store knows. */
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

const maxRowChars = 200_000;

/** The rows of a sign-in, for as long as it lasts at most; its tokens only where they are new. */
export function loginRecords(
  viewer: string,
  { identity, sid, seenAt, device }: LoginRow,
  given: { readonly lifeSeconds: number; readonly tokens?: Tokens | undefined },
): readonly StoredRecord[] {
  const expiresAt = identity.signedInAt + given.lifeSeconds * 1_000;
  const rowOf = (kind: "login" | "tokens", value: unknown): StoredRecord => ({
    kind,
    id: viewer,
    value: Buffer.from(JSON.stringify(value)),
    expiresAt,
  });
  const login = rowOf("login", { v: 1, identity, sid, seenAt, device });
  return given.tokens === undefined ? [login] : [login, rowOf("tokens", given.tokens)];
}

/** The sign-ins by known providers that a store has, by viewer; one that another version wrote is left out. */
export async function readLogins(
  records: Records,
  isKnown: (provider: string) => boolean = () => true,
): Promise<ReadonlyMap<string, Login>> {
  const logins = new Map<string, Login>();
  for (const { id, value } of await records.all("login")) {
    const row = decodeText(rowSchema, value.toString(), maxRowChars);
    if (!row.ok || !isKnown(row.value.identity.provider)) continue;
    const times = { writtenAt: row.value.seenAt, checkedAt: -Infinity, tokenEndsAt: undefined };
    logins.set(id, { ...row.value, ...times });
  }
  return logins;
}

export async function readTokens(records: Records, viewer: string): Promise<Tokens | undefined> {
  const value = await records.get("tokens", viewer);
  const tokens = value && decodeText(tokensSchema, value.toString(), maxRowChars);
  return tokens?.ok === true ? tokens.value : undefined;
}
