import { inspect } from "node:util";
import { asWritten } from "./as-written.ts";
import { currentScope } from "./run.ts";

/** A value that was thrown and is no Error, with the way to where that was. */
export interface Thrown {
  readonly value: unknown;
  readonly stack: string;
}

/**
 * Notes where a value is thrown that cannot say it itself, and answers the value. The compiler puts it round the
 * argument of every `throw` that may throw something else than an Error.
 */
export function throwing(value: unknown): unknown {
  const scope = value instanceof Error ? undefined : currentScope();
  if (scope !== undefined) scope.run.thrown = { value, stack: new Error("thrown").stack ?? "" };
  return value;
}

const maxChars = 2_000;

/** What kind of value it is, and what it says: all that there is to tell of a thrown value that is no Error. */
export function thrownText(value: unknown): { readonly name: string; readonly message: string } {
  const name = `Thrown ${value === null ? "null" : Array.isArray(value) ? "list" : typeof value}`;
  if (typeof value === "string") return { name, message: value };
  if (value === null || value === undefined) return { name, message: "" };
  // Getters and `inspect` methods of the value are code of somebody's: they are not called.
  const message = inspect(value, { customInspect: false, depth: 3, maxStringLength: maxChars });
  return { name, message: message.slice(0, maxChars) };
}

const ourFolder = new URL("..", import.meta.url).pathname;
const frame = /^\s+at /;

/** A stack without our own frames, so that the author's lines stand first; whole where nothing else would be left. */
export function withoutOurs(stack: string): string {
  const lines = stack.split("\n");
  const isOurs = (line: string): boolean =>
    frame.test(line) &&
    (line.includes(ourFolder) || line.includes("/node_modules/strongroom/") || /[( ]node:/.test(line));
  const others = lines.filter((line) => !isOurs(line));
  return others.some((line) => frame.test(line)) ? others.join("\n") : stack;
}

const maxCauses = 5;

/** An error as the log has it: what it says, the author's lines, and what caused it. */
export function errorText(error: unknown, stack?: string): string {
  if (!(error instanceof Error)) {
    const { name, message } = thrownText(error);
    const frames = withoutOurs(stack ?? "")
      .split("\n")
      .filter((line) => frame.test(line));
    const where = frames.length > 0 ? frames : ["    Where is not known: throw an Error, which says it."];
    return [`${name}: ${message}`, ...where].join("\n");
  }
  const texts: string[] = [];
  for (let one: unknown = error; one instanceof Error && texts.length < maxCauses; one = one.cause) {
    const { message, stack: own = `${one.name}: ${message}` } = one;
    const text = withoutOurs(own);
    const told = asWritten(one, text);
    texts.push(text.replace(message, () => told));
  }
  return texts.join("\ncaused by ");
}
