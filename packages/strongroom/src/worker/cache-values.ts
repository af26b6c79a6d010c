import { decode, encode, NotPlainError } from "./codec.ts";
import type { Shown } from "./cache-shown.ts";
import { StrongroomError } from "./errors.ts";
import type { RunSession } from "./run.ts";

/** What a cached function has made. */
export interface Made {
  /** Bytes of `st.cacheData`, which every caller decodes for itself; the very thing of `st.cacheResource`. */
  readonly value: unknown;
  /** The value itself where nobody can change it. */
  readonly scalar: { readonly value: unknown } | undefined;
  /** What a resource's function has shown; that of data stands in its bytes. */
  readonly shown: Shown | undefined;
  readonly isAsync: boolean;
  /** When, in ms of the clock. */
  readonly madeAt: number;
}

/** How a computation here has ended. */
export type Ended =
  /** With `anew`, past its time: this worker is the one to make it anew. */
  | { readonly is: "made"; readonly made: Made; readonly anew?: () => Promise<Outcome> }
  | { readonly is: "failed"; readonly error: unknown; readonly shown: Shown | undefined };

/** `none`: another worker makes it. */
export type Outcome = Ended | { readonly is: "none" };

/** A computation that goes on. */
export interface Computation {
  readonly outcome: Promise<Outcome>;
  /** The session whose call began it. */
  readonly session: RunSession;
}

const bare = 0;
const withShown = 1;

/** Keeps a thing as it is. */
export function madeThing(value: unknown, shown: Shown | undefined, isAsync: boolean): Made {
  return { value, shown, scalar: { value }, isAsync, madeAt: Date.now() };
}

/** Keeps data as bytes: a mark, the value, and what was shown while it was made. */
export function madeData(value: unknown, shown: Shown | undefined, isAsync: boolean): Made {
  const scalar = shown === undefined && isScalar(value) ? { value } : undefined;
  return { value: packed(value, shown), shown: undefined, scalar, isAsync, madeAt: Date.now() };
}

/** Data that another worker made; throws where the bytes are none of ours. */
export function receivedData(bytes: Uint8Array, madeAt: number): Made {
  const { value, shown } = unpack(bytes);
  const scalar = shown === undefined && isScalar(value) ? { value } : undefined;
  return { value: bytes, shown: undefined, scalar, isAsync: true, madeAt };
}

function packed(value: unknown, shown: Shown | undefined): Buffer {
  try {
    const bytes = encode(shown === undefined ? value : [value, shown]);
    return Buffer.concat([Buffer.of(shown === undefined ? bare : withShown), bytes]);
  } catch (error) {
    if (!(error instanceof NotPlainError)) throw error;
    throw new StrongroomError(
      "ERR_CACHE_VALUE",
      `st.cacheData keeps plain data; ${error.message} Keep live things with st.cacheResource.`,
    );
  }
}

/** A copy of a value for one caller, and what was shown while it was made. */
export function unpack(bytes: Uint8Array): { value: unknown; shown: Shown | undefined } {
  const content = decode(bytes.subarray(1));
  if (bytes[0] === bare) return { value: content, shown: undefined };
  if (bytes[0] !== withShown || !Array.isArray(content)) throw new RangeError("A kept value was expected.");
  // Our own pages are the only ones that write such bytes.
  const [value, shown] = content as [unknown, Shown];
  return { value, shown };
}

function isScalar(value: unknown): boolean {
  return value === null || (typeof value !== "object" && typeof value !== "function");
}
