import { isEmbedName } from "../wire/embed-query.ts";
import { limits } from "../wire/limits.ts";
import { badOption } from "./errors.ts";
import { currentRun } from "./run.ts";
import { unchanging } from "./shared-proxy.ts";
import { refuseBound } from "./traits.ts";

type Scalar = string | number | bigint | boolean;
/** What a name can be set to: a list repeats the name. */
export type QueryParamValue = Scalar | readonly Scalar[];
/** Names and what they are set to. */
export type QueryParamValues =
  | Readonly<Record<string, QueryParamValue | undefined>>
  | Iterable<readonly [string, QueryParamValue]>;

/** What can be done with the query string of the viewer's URL. */
export interface QueryParamMethods {
  /** The last value of a name, or nothing. */
  get(name: string): string | undefined;
  /** Every value of a name, in the order of the URL. */
  getAll(name: string): readonly string[];
  /** True when the URL has the name. */
  has(name: string): boolean;
  /** Sets one name; a list repeats it. */
  set(name: string, value: QueryParamValue): void;
  /** Sets several names, and leaves the others as they are. */
  update(values: QueryParamValues): void;
  /** Sets several names, and takes all others away. */
  fromDict(values: QueryParamValues): void;
  /** Takes a name away. */
  delete(name: string): void;
  /** Takes every name away. */
  clear(): void;
  /** Every name with its last value, as an object of its own. */
  toDict(): Record<string, string>;
  /** Every name with its last value, in the order of the URL. */
  [Symbol.iterator](): Iterator<[string, string]>;
}

/**
 * The query string of the viewer's URL, read and set without a reload: `st.queryParams.tab`, `st.queryParams["tab"] = "a"`,
 * `delete st.queryParams.tab`, `"tab" in st.queryParams`. A name that is also a method's is reached by `get` and `set`;
 * one that a widget is bound to (`bind: "query-params"`) is only read here.
 */
export type QueryParams = QueryParamMethods & { [name: string]: string | undefined };

const methods: QueryParamMethods = {
  get: (name) => params().getAll(name).at(-1),
  getAll: (name) => params().getAll(name),
  has: (name) => params().has(name),
  set: (name, value) => update([[name, value]]),
  update,
  fromDict(values) {
    const next = new URLSearchParams();
    for (const [name, value] of entriesOf(values)) setAll(next, name, value);
    keep(next);
  },
  delete: remove,
  clear: () => keep(new URLSearchParams()),
  toDict: () => Object.fromEntries(params()),
  [Symbol.iterator]: () => new Map(params()).entries(),
};
Object.freeze(methods);

const isMethod = (name: PropertyKey): name is keyof QueryParamMethods => Object.hasOwn(methods, name);

/** Names that the language asks any value for. */
const asked: ReadonlySet<string> = new Set(["then", "toJSON", "constructor"]);

const handler: ProxyHandler<QueryParams> = {
  ...unchanging,
  get(_, name) {
    if (isMethod(name)) return methods[name];
    if (typeof name !== "string" || (asked.has(name) && !methods.has(name))) return undefined;
    return methods.get(name);
  },
  has: (_, name) => typeof name === "string" && params().has(name),
  set(_, name, value: unknown) {
    if (typeof name !== "string") return false;
    if (isMethod(name))
      throw badOption(
        "queryParams",
        name,
        `set by \`st.queryParams.set("${name}", …)\`: a method has that name`,
      );
    // What JavaScript says for "there is none".
    if (value === undefined || value === null) remove(name);
    else update([[name, value as QueryParamValue]]);
    return true;
  },
  deleteProperty(_, name) {
    if (typeof name === "string") remove(name);
    return true;
  },
  ownKeys: () => [...new Set(params().keys())],
  getOwnPropertyDescriptor: (_, name) =>
    typeof name === "string" && params().has(name)
      ? { value: methods.get(name), enumerable: true, configurable: true, writable: true }
      : undefined,
};

export const queryParams: QueryParams = new Proxy(
  // The traps answer for everything that the type says.
  Object.create(null) as QueryParams,
  handler,
);

function params(): URLSearchParams {
  return new URLSearchParams(currentRun().session.query);
}

function update(values: QueryParamValues): void {
  const next = params();
  for (const [name, value] of entriesOf(values)) setAll(next, name, value);
  keep(next);
}

function remove(name: string): void {
  const next = params();
  next.delete(name);
  keep(next);
}

function entriesOf(values: QueryParamValues): Iterable<readonly [string, unknown]> {
  if (typeof values !== "object" || values === null)
    throw badOption("queryParams", "values", 'an object such as { tab: "a", page: 2 }');
  // A map, other parameters, or a list of pairs.
  return Symbol.iterator in values
    ? (values as Iterable<readonly [string, unknown]>)
    : Object.entries(values).filter(([, value]) => value !== undefined);
}

/** A query string of these names; refuses what no URL can hold. */
export function queryOf(values: QueryParamValues): string {
  const query = new URLSearchParams();
  for (const [name, value] of entriesOf(values)) setAll(query, name, value);
  return checked(query);
}

function setAll(query: URLSearchParams, name: string, value: unknown): void {
  if (isEmbedName(name))
    throw badOption("queryParams", name, "another name: this one says how the app looks in a frame");
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  query.delete(name);
  for (const item of list) {
    if (!["string", "number", "bigint", "boolean"].includes(typeof item))
      throw badOption("queryParams", name, "text, a number, true or false, or a list of them");
    query.append(name, String(item as Scalar));
  }
}

function checked(query: URLSearchParams): string {
  const text = query.toString();
  if (text.length <= limits.queryChars) return text;
  throw badOption(
    "queryParams",
    "value",
    `short enough for a query string of ${limits.queryChars.toLocaleString("en")} characters`,
  );
}

function keep(next: URLSearchParams): void {
  const query = checked(next);
  const run = currentRun();
  if (run.session.query === query) return;
  refuseBound(run.session, next);
  run.session.query = query;
  run.dirty = true;
}
