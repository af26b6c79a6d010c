/** What a worker is told before it takes sessions. */
import { limits } from "./limits.ts";
import { s } from "./s.ts";
import type { Infer, Json, Schema } from "./schema.ts";
import { filesSchema } from "./upload.ts";

/** The longest setup, in characters: it holds the author's secrets. */
export const maxSetupChars = 10_000_000;

export const setupSchema = s.object({
  network: s.literal("none", "host"),
  options: s.object({
    appFolder: s.string({ maxLength: 4_096 }),
    showErrorDetails: s.literal("full", "stacktrace", "type", "none"),
    enforceSerializableSessionState: s.boolean,
    maxStateBytes: s.number({ min: 0 }),
    maxCacheBytes: s.number({ min: 0 }),
    /** The largest file that a viewer may send. */
    maxUploadBytes: s.optional(s.number({ min: 0 })),
    /** In seconds. */
    connectionDefaultTtl: s.optional(s.number({ min: 0 })),
    /** Options that authors may read, by name; null where none is set. */
    values: s.optional(s.json({ maxDepth: 6, maxNodes: 50_000 })),
  }),
  secrets: s.json({ maxDepth: 20, maxNodes: 100_000 }),
  /** Where secrets were looked for. */
  secretPlaces: s.array(s.string({ maxLength: 4_096 }), { max: 1_000 }),
  /** Name these secrets, and those that this server had before: the newest first. */
  secretStamps: s.array(s.string({ maxLength: 43 }), { max: 100_000 }),
  /** Names of those that are no secrets, and may be shown. */
  shownSecrets: s.array(s.string({ maxLength: 1_000 }), { max: 10_000 }),
  /** Texts and numbers above all sections stand in the process's environment, too. */
  environment: s.boolean,
});
export type WorkerSetup = Infer<typeof setupSchema>;

/** What the author's code learns of who is looking: `isLoggedIn`, and what the provider says of them. */
export type User = { readonly isLoggedIn: boolean } & { readonly [claim: string]: Json };
const userSchema: Schema<User> = {
  expected: "an object with isLoggedIn and claims",
  check(value, at) {
    const refusal = s
      .record(s.json({ maxDepth: 10, maxNodes: 5_000 }), { maxKeys: 600, maxKeyLength: 300 })
      .check(value, at);
    if (refusal !== undefined) return refusal;
    return typeof (value as User).isLoggedIn === "boolean" ? undefined : { at, expected: "isLoggedIn" };
  },
};

/** How a session begins where no dump of it exists. */
export const openSchema = s.object({
  page: s.string({ maxLength: limits.pathChars }),
  query: s.string({ maxLength: limits.queryChars }),
  viewer: s.string({ maxLength: 43 }),
  /** What the viewer has sent before. */
  files: s.optional(filesSchema),
  /** Paths of the pages that the viewer may see; absent where that is all of them. */
  pages: s.optional(s.array(s.string({ maxLength: limits.pathChars }), { max: 1_000 })),
  user: userSchema,
});

export const readySchema = s.union(
  s.object({
    ok: s.literal(true),
    pages: s.array(
      s.object({
        path: s.string({ maxLength: limits.pathChars }),
        title: s.string({ maxLength: 300 }),
        icon: s.string({ maxLength: 100 }),
      }),
      { max: 1_000 },
    ),
  }),
  s.object({ ok: s.literal(false), message: s.string({ maxLength: 10_000 }) }),
);

export const bytesSchema = s.object({
  handle: s.string({ minLength: 43, maxLength: 43, pattern: /^[A-Za-z0-9_-]{43}$/ }),
  mime: s.string({ maxLength: 100, pattern: /^[a-z]+\/[a-z0-9.+-]+(; charset=utf-8)?$/ }),
  fileName: s.optional(s.string({ maxLength: 255 })),
});

export const releaseSchema = s.array(s.string({ maxLength: 43 }), { max: 100_000 });

export const logSchema = s.object({
  level: s.literal("error", "warn", "info"),
  incident: s.string({ maxLength: 40 }),
  text: s.string({ maxLength: 20_000 }),
});
