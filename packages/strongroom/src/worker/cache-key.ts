import { hash } from "node:crypto";
import { decode, encode, NotPlainError } from "./codec.ts";
import { StrongroomError } from "./errors.ts";

/** What names a call's result. */
export interface CallKey {
  /** A hash of the arguments, whole: other arguments have another. */
  readonly key: string;
  /** Arguments as the key says them: the function sees these, so that nothing else can decide about its result. */
  readonly args: () => readonly unknown[];
}

/** The name under which values of a function are kept, of this source of it. */
export function functionName(kind: string, place: string, version: string): string {
  return digest(encode([1, kind, place, version]));
}

/** Names a call by all of its arguments. */
export function keyOfArguments(kind: string, args: readonly unknown[]): CallKey {
  const bytes = encoded(args, (at, found) => {
    const [, index = "0", rest = ""] = /^\[(\d+)\]\.?(.*)$/.exec(at) ?? [];
    return (
      `st.${kind}: argument ${Number(index) + 1}${rest === "" ? "" : ` (\`${rest}\`)`} is ${found}. ` +
      "Arguments name the result, so they must be plain data; a live thing is used inside of the function instead, " +
      "or `key` says what names the result."
    );
  });
  return {
    key: digest(bytes),
    // What changes an object later, or while it is read, must not change what is kept under the key.
    args: () => (args.some(isObject) ? (decode(bytes) as readonly unknown[]) : args),
  };
}

/** Names a call by what the author's `key` made of its arguments. */
export function keyOfChoice(kind: string, choice: unknown, args: readonly unknown[]): CallKey {
  const bytes = encoded(
    choice,
    (at, found) =>
      `st.${kind}: what \`key\` answers is not plain data: ${at === "" ? "it" : `\`${at}\``} is ${found}.`,
  );
  return { key: digest(bytes), args: () => args };
}

/** Names a call by what its function reads from around it as well. */
export function withCaptured(key: string, captured: readonly Buffer[]): string {
  return captured.length === 0 ? key : digest(encode([key, captured]));
}

function encoded(value: unknown, explain: (at: string, found: string) => string): Buffer {
  try {
    return encode(value);
  } catch (error) {
    if (!(error instanceof NotPlainError)) throw error;
    throw new StrongroomError("ERR_CACHE_ARGUMENT", explain(error.at, error.found));
  }
}

function digest(bytes: Buffer): string {
  return hash("sha256", bytes, "base64url");
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}
