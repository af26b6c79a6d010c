import { StrongroomError } from "../worker/errors.ts";
import { checkNames, type OptionNames } from "../worker/option-names.ts";

/** Refuses options that are none, and names that are no options. `usage` is a right call, such as `st.slider("Price", { maxValue: 100 })`. */
export function checkOptions<O extends object>(
  usage: string,
  options: O,
  known: OptionNames<NoInfer<O>>,
): void {
  if (!isPlain(options)) throw wrongCall(usage, "options stand together in one object");
  checkNames(elementOf(usage), options, known);
}

/** Refuses what is no function where one is called later: often it was called already. */
export function checkCallback(usage: string, option: string, callback: unknown): void {
  if (callback === undefined || typeof callback === "function") return;
  throw wrongCall(usage, `\`${option}\` must be a function, \`() => save()\` instead of \`save()\``);
}

/**
 * The function that fills a container, and the container's options: written in this order, each may be left out. `usage`
 * is a right call.
 */
export function bodyAndOptions<B, O extends object>(
  { usage, known }: { readonly usage: string; readonly known: OptionNames<O> },
  first: B | O | undefined,
  second: O | undefined,
): { readonly body: B | undefined; readonly options: Partial<O> } {
  if (typeof second === "function") throw wrongCall(usage, "the function comes first, its options follow");
  const isBody = typeof first === "function";
  const given = isBody ? second : (first as O | undefined);
  const options = given === undefined ? {} : given;
  if (!isBody && second !== undefined) throw wrongCall(usage, "the function comes first, its options follow");
  checkOptions<Partial<O>>(usage, options, known);
  return { body: isBody ? first : undefined, options };
}

/** Says how a function is called that was called otherwise. */
export function wrongCall(usage: string, expected: string): StrongroomError {
  return new StrongroomError("ERR_BAD_OPTION", `${elementOf(usage)}: ${expected}, as in ${usage}.`);
}

function elementOf(usage: string): string {
  return usage.slice(0, usage.indexOf("("));
}

function isPlain(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** True for a promise: its author forgot to wait for it. */
export function isPending(value: unknown): boolean {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}
