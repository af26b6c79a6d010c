import { isDeepStrictEqual } from "node:util";
import { decode, encode, NotPlainError } from "./codec.ts";
import { connectionIdentity } from "./connection-identity.ts";
import { StrongroomError } from "./errors.ts";

/**
 * A name that a cached function reads from around it, as the compiler writes it into the call: what it stands for, whether
 * the function is given the value (its text then stands in a function of those names), and whether others read the name.
 */
export type CapturedName = readonly [name: string, read: () => unknown, isGiven: boolean, isSeen: boolean];

/** What the names stood for when a cached function was called. */
export interface CapturedNow {
  /** Part of the key. */
  readonly bytes: readonly Buffer[];
  /** What the function is given: what the key says, which nothing changes any more. */
  given(): readonly unknown[];
  /** Throws where other functions could read something else meanwhile. */
  checkUnchanged(): void;
}

type Compute = (...args: readonly unknown[]) => unknown;

const plain = 0;
const live = 1;
const notYet = 2;

/** Reads the names; throws at the first that cannot be part of a key. */
export function readCaptured(kind: string, names: readonly CapturedName[]): CapturedNow {
  const read = names.map((one) => readOne(kind, one));
  return {
    bytes: read.map(({ bytes }) => bytes),
    given: () => read.flatMap(({ isGiven, value }) => (isGiven ? [value()] : [])),
    checkUnchanged: () => {
      const changed = names.find((one, at) => one[3] && !isStill(kind, one, read[at]?.bytes));
      if (changed === undefined) return;
      throw new StrongroomError(
        "ERR_CACHE_ARGUMENT",
        `st.${kind}: \`${changed[0]}\` has changed while this cached function was computing, so it is not known of ` +
          "what its value was made. Pass it as an argument.",
      );
    },
  };
}

/** The function itself, which reads what the key says. */
export function boundTo(
  compute: Compute,
  names: readonly CapturedName[],
  now: CapturedNow | undefined,
): Compute {
  if (now === undefined || !names.some(([, , isGiven]) => isGiven)) return compute;
  // The compiler has put the author's function into one of these names.
  return compute(...now.given()) as Compute;
}

function readOne(kind: string, [name, read, isGiven, isSeen]: CapturedName) {
  let value: unknown;
  try {
    value = read();
  } catch (error) {
    // It is declared further below.
    if (!(error instanceof ReferenceError)) throw error;
    return { bytes: encode([notYet]), isGiven, value: () => undefined };
  }
  const identity = connectionIdentity(value);
  if (identity !== undefined) return { bytes: encode([live, identity]), isGiven, value: () => value };
  const bytes = encodeValue(kind, name, value);
  const copy = (): unknown => (decode(bytes) as readonly unknown[])[1];
  // Whoever reads the name itself would see what is no part of the key.
  if (isSeen && !isDeepStrictEqual(copy(), value)) throw notPlain(kind, name, "more than plain data");
  return { bytes, isGiven, value: typeof value === "object" ? copy : () => value };
}

function encodeValue(kind: string, name: string, value: unknown): Buffer {
  try {
    return encode([plain, value]);
  } catch (error) {
    if (!(error instanceof NotPlainError)) throw error;
    throw notPlain(kind, `${name}${error.at.replace("[1]", "")}`, error.found);
  }
}

function notPlain(kind: string, name: string, found: string): StrongroomError {
  return new StrongroomError(
    "ERR_CACHE_ARGUMENT",
    `st.${kind}: \`${name}\`, which this cached function reads from around it, is ${found}. What it reads names the ` +
      "result, so it must be plain data. Pass it as an argument, make it inside of the function, or where it is the same " +
      "for all in a module of its own.",
  );
}

function isStill(kind: string, name: CapturedName, bytes: Buffer | undefined): boolean {
  try {
    return bytes !== undefined && readOne(kind, name).bytes.equals(bytes);
  } catch {
    return false; // it cannot be part of a key any more
  }
}
