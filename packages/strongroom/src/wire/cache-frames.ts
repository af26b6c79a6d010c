/** What workers and the gateway say to each other about the values of cached functions; values themselves are opaque bytes. */
import { s } from "./s.ts";
import type { Infer } from "./schema.ts";

/** The largest value that travels, in bytes: it fits into one frame with room for its head. */
export const maxValueBytes = 60_000_000;
/** The longest head of a frame, in characters. */
export const maxCacheHeadChars = 1_000;

/** A SHA-256: of a function with its source, or of the arguments of a call. */
const digest = s.string({ minLength: 43, maxLength: 43, pattern: /^[A-Za-z0-9_-]{43}$/ });
const ms = s.number({ min: 0 });
const limit = s.number({ min: 1 });
const what = s.literal("data", "resource");

/** The session of the frame says whose values are meant; 0: everybody's. The gateway, not the worker, knows its viewer. */
export const cacheRequestSchema = s.variant("do", {
  /** Asks for a value, under a number of the worker's choice. */
  claim: s.object({
    do: s.literal("claim"),
    name: digest,
    key: digest,
    /** Older values do not count. */
    ttlMs: s.optional(ms),
    /** Older than `ttlMs` they still count up to this age, and one who asks makes them anew. */
    graceMs: s.optional(ms),
    /** When the value was made that the worker has: only a younger one is of use, and it does not wait. */
    held: s.optional(ms),
    persist: s.optional(s.literal(true)),
  }),
  /** The value of a claim, beside it as bytes. */
  put: s.object({ do: s.literal("put"), maxEntries: s.optional(limit), maxBytes: s.optional(limit) }),
  /** The claim's computation failed; a background one is not begun again for so long. */
  fail: s.object({ do: s.literal("fail"), restMs: s.optional(ms) }),
  /** Forgets one value, those of a function, or all. */
  clear: s.object({ do: s.literal("clear"), what, name: s.optional(digest), key: s.optional(digest) }),
});
export type CacheRequest = Infer<typeof cacheRequestSchema>;
export type CacheClaim = Extract<CacheRequest, { do: "claim" }>;

export const cacheAnswerSchema = s.variant("is", {
  /** A value, beside it as bytes; with `refresh`, whoever hears this makes it anew. */
  value: s.object({ is: s.literal("value"), madeAt: ms, refresh: s.optional(s.literal(true)) }),
  /** Whoever hears this computes, and others wait for it. */
  yours: s.object({ is: s.literal("yours") }),
  /** Nothing younger than what the worker has, and nothing for it to do. */
  none: s.object({ is: s.literal("none") }),
  /** Somebody cleared: told to all. */
  clear: s.object({
    is: s.literal("clear"),
    what,
    name: s.optional(digest),
    key: s.optional(digest),
    viewer: s.optional(s.string({ maxLength: 43 })),
  }),
});
export type CacheAnswer = Infer<typeof cacheAnswerSchema>;
export type CacheClear = Extract<CacheAnswer, { is: "clear" }>;
