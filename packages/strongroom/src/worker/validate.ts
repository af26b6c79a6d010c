// oxlint-disable-next-line no-restricted-imports -- nothing else ends a search for a match; what runs there is a constant
import { createContext, Script, type Context } from "node:vm";
import { limits } from "../wire/limits.ts";
import type { Json } from "../wire/schema.ts";
import { badOption } from "./errors.ts";

/** A schema of any library that keeps to the Standard Schema specification: zod, valibot, arktype, yours. */
export interface Validator<Input = unknown, Output = Input> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => Validated<Output> | Promise<Validated<Output>>;
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
  };
}

/** What a schema says of a value: the value as it is from here on, or what is wrong with it. */
export type Validated<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly Issue[] };

/** One thing that is wrong, and where in the value. */
export interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** What a schema takes. */
export type InputOf<S> = S extends Validator<infer Input, infer _> ? Input : never;
/** What a schema makes of it. */
export type OutputOf<S> = S extends Validator<infer _, infer Output> ? Output : never;

/** A pattern that text must have a match of, and what viewers read where it has none. */
export type Pattern = RegExp | readonly [pattern: RegExp, message: string];

/** An answer as the author's code gets it, or what is wrong with it. */
export type Judged =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly issues: readonly Issue[] };

/** Judges answers; the same answer twice in a row is judged once. */
export type Check = (answer: Json) => Judged;

/** Judges what a viewer entered by a schema or a pattern. What the schema itself throws is its author's error. */
export function checkOf(element: string, validate: unknown): Check {
  const judge = isPattern(validate) ? judgeByPattern(validate) : judgeBySchema(element, validate);
  let last: { readonly answer: Json; readonly judged: Judged } | undefined;
  return (answer) => {
    if (last === undefined || last.answer !== answer) last = { answer, judged: judge(answer) };
    return last.judged;
  };
}

/** Holds a value against a schema, which must answer at once. */
export function judgeBySchema(element: string, schema: unknown): (value: unknown) => Judged {
  if (!isValidator(schema)) {
    throw badOption(
      element,
      "validate",
      "a schema that keeps to Standard Schema, as those of zod, valibot and arktype do",
    );
  }
  return (value) => {
    const result = schema["~standard"].validate(value);
    if (result instanceof Promise) {
      // What becomes of it is of no interest: it must not end the process.
      result.catch(() => undefined);
      throw badOption(
        element,
        "validate",
        "a schema that answers at once; ask what takes a while below the widget, and say what is wrong with st.error",
      );
    }
    return result.issues === undefined
      ? { ok: true, value: result.value }
      : { ok: false, issues: result.issues };
  };
}

function isValidator(schema: unknown): schema is Validator {
  if ((typeof schema !== "object" && typeof schema !== "function") || schema === null) return false;
  const standard = (schema as Partial<Validator>)["~standard"];
  return typeof standard === "object" && standard.version === 1 && typeof standard.validate === "function";
}

/** The first thing that is wrong, as viewers read it. */
export function messageOf(issues: readonly Issue[]): string {
  const text = String(issues[0]?.message ?? "");
  return (text === "" ? "This does not fit" : text).slice(0, limits.labelChars).toWellFormed();
}

/** Where in an object an issue lies: the name of its field, if any. */
export function fieldOf({ path }: Issue): string | undefined {
  const [first] = path ?? [];
  const key = typeof first === "object" ? first.key : first;
  return key === undefined ? undefined : String(key);
}

function isPattern(validate: unknown): validate is Pattern {
  return validate instanceof RegExp || (Array.isArray(validate) && validate[0] instanceof RegExp);
}

const longestText = 20_000;
/** More than any honest match needs, by far. */
const longestMatchMs = 50;

/**
 * Looks for a match within a time limit. Some patterns take years for some texts, and it is the viewer who writes the
 * text: the engine gives up, and the worker goes on. Nothing to check in an empty field.
 */
function judgeByPattern(pattern: Pattern): (value: Json) => Judged {
  const [regex, message] = pattern instanceof RegExp ? [pattern, "This is not written as expected"] : pattern;
  return (value) => {
    const text = typeof value === "string" ? value : "";
    const fits = text === "" || (text.length <= longestText && hasMatch(regex, text));
    return fits ? { ok: true, value } : { ok: false, issues: [{ message }] };
  };
}

/** The error comes from another realm, with an `Error` of its own. */
function isTimeout(error: unknown): boolean {
  return (
    typeof error === "object" &&
    error !== null &&
    "code" in error &&
    error.code === "ERR_SCRIPT_EXECUTION_TIMEOUT"
  );
}

const search = new Script("pattern.test(text)");
/** Made for the first pattern of the process; it holds nothing from one match to the next. */
let room: Context | undefined;

function hasMatch({ source, flags }: RegExp, text: string): boolean {
  room ??= createContext(Object.create(null) as object);
  // A pattern with "g" would begin where the last match ended.
  Object.assign(room, { pattern: new RegExp(source, flags.replace(/[gy]/g, "")), text });
  try {
    return search.runInContext(room, { timeout: longestMatchMs }) === true;
  } catch (error) {
    if (isTimeout(error)) return false;
    throw error;
  } finally {
    Object.assign(room, { pattern: undefined, text: undefined });
  }
}
