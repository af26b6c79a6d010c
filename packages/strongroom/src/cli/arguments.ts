import { parseArgs } from "node:util";
import { streamlitAdvice } from "../config/unknown.ts";
import { nearest } from "../config/nearest.ts";

/** The command line was not understood: the message is followed by the usage, and the exit code is 2. */
export class UsageError extends Error {
  readonly code = "ERR_USAGE";

  constructor(message: string) {
    super(message);
    this.name = "UsageError";
  }
}

/** What a command takes. */
export interface Accepted {
  /** Flags that stand alone. */
  readonly switches?: readonly string[];
  /** Flags that are followed by a value. */
  readonly values?: Iterable<string>;
  /** How many words it takes beside its flags. */
  readonly words: number;
}

export interface Arguments {
  readonly switches: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, string>;
  readonly words: readonly string[];
}

/** Reads a command's arguments; what it does not take is refused, with the nearest that it does. */
export function readArguments(args: readonly string[], accepted: Accepted): Arguments {
  const switches = new Set(["help", ...(accepted.switches ?? [])]);
  const values = new Set(accepted.values);
  const found = { switches: new Set<string>(), values: new Map<string, string>(), words: [] as string[] };
  for (const token of tokensOf(args, switches, values)) {
    if (token.kind === "positional") found.words.push(token.value);
    if (token.kind !== "option") continue;
    const { name, rawName, value } = token;
    if (switches.has(name)) {
      if (value !== undefined) throw new UsageError(`${rawName} stands alone, without a value.`);
      found.switches.add(name);
    } else if (!values.has(name)) {
      const advice = values.has("server.port") ? streamlitAdvice(name) : undefined;
      throw unknownFlag(token, advice, [...switches, ...values]);
    } else if (value === undefined || value === "") {
      throw new UsageError(`${rawName} needs a value: ${rawName} VALUE`);
    } else {
      found.values.set(name, value);
    }
  }
  const surplus = found.words[accepted.words];
  if (surplus !== undefined) throw new UsageError(`"${surplus}" is one word too many.`);
  return found;
}

function tokensOf(args: readonly string[], switches: ReadonlySet<string>, values: ReadonlySet<string>) {
  const options = Object.fromEntries([
    ...[...switches].map(
      (name) => [name, { type: "boolean", ...(name === "help" ? { short: "h" } : {}) }] as const,
    ),
    ...[...values].map((name) => [name, { type: "string" }] as const),
  ]);
  // Not strict: its messages are not ours, and it knows no nearest name.
  return parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true }).tokens;
}

interface Flag {
  readonly name: string;
  readonly rawName: string;
}

function unknownFlag(
  { name, rawName }: Flag,
  advice: string | undefined,
  known: readonly string[],
): UsageError {
  return new UsageError(
    advice === undefined
      ? `There is no flag ${rawName} here.${meant(name, known)}`
      : `${rawName}: expected ${advice}.`,
  );
}

function meant(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  return near === undefined ? "" : ` Did you mean --${near}?`;
}
