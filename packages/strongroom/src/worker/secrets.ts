import { inspect } from "node:util";
import { nearest } from "../config/nearest.ts";
import { StrongroomError } from "./errors.ts";
import { currentScope } from "./run.ts";

/** A section of the secrets: `st.secrets.KEY`, `st.secrets.section.key`, `st.secrets.get("KEY", fallback)`. */
export type Secrets = { readonly [name: string]: Secret } & {
  /** The secret of that name, or the fallback where there is none. */
  get(name: string, fallback?: unknown): unknown;
  /** A copy as plain data, values included: for a library that wants an object. */
  toDict(): Record<string, unknown>;
};

/** What stands in a secrets file: text, or a section of it. Numbers and switches of the file are typed as text, too. */
export type Secret = string & { readonly [name: string]: Secret };

type Section = Readonly<Record<string, unknown>>;

/** The author's secrets, and where they were looked for. */
export interface SecretStore {
  readonly values: Section;
  readonly places: readonly string[];
}

/** Names that the language asks any value for. */
const asked: ReadonlySet<string> = new Set([
  "then",
  "constructor",
  "$$typeof",
  "asymmetricMatch",
  "nodeType",
]);
const shownValue = "•••";

/** What may be printed of each section. */
const outlines = new WeakMap<object, () => unknown>();

/** What is shown in place of a section of the secrets: its names; nothing for any other value. */
export function secretOutline(value: unknown): unknown {
  return typeof value === "object" && value !== null ? outlines.get(value)?.() : undefined;
}

function isSection(value: unknown): value is Section {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

interface Place {
  readonly read: () => Section;
  /** The sections that lead here. */
  readonly path: readonly string[];
}

/** A section that says which secret is missing, and shows names where it is printed. */
function sectionOf(place: Place): Secrets {
  const { read } = place;
  const outline = (): unknown => outlineOf(read());
  const valueOf = (name: string): unknown => {
    const value = read()[name];
    return isSection(value) ? sectionOf({ read: () => value, path: [...place.path, name] }) : frozen(value);
  };
  const own: Readonly<Record<string, unknown>> = {
    get: (key: string, fallback?: unknown) => (Object.hasOwn(read(), key) ? valueOf(key) : fallback),
    toDict: () => structuredClone(read()),
    toJSON: outline,
    toString: () => textOf(outline()),
  };
  const section = new Proxy(printable(outline), {
    get(_, name) {
      if (name === Symbol.toPrimitive) return () => textOf(outline());
      if (typeof name !== "string") return undefined;
      if (Object.hasOwn(read(), name)) return valueOf(name);
      if (Object.hasOwn(own, name)) return own[name];
      if (asked.has(name)) return undefined;
      throw missing(place, name);
    },
    has: (_, name) => typeof name === "string" && Object.hasOwn(read(), name),
    ownKeys: () => Object.keys(read()),
    getOwnPropertyDescriptor: (_, name) =>
      typeof name === "string" && Object.hasOwn(read(), name)
        ? { value: undefined, enumerable: true, configurable: true, writable: false }
        : undefined,
    set: refuse,
    deleteProperty: refuse,
    defineProperty: refuse,
    setPrototypeOf: refuse,
  });
  outlines.set(section, outline);
  return section;
}

/** The object behind a section: what consoles look at, since they look through the section itself. */
function printable(outline: () => unknown): Secrets {
  // The proxy is what makes it a section: of its own it has no more than what consoles ask for.
  const target = Object.create(null) as Secrets;
  Object.defineProperty(target, inspect.custom, { value: outline, configurable: true });
  return target;
}

function refuse(): never {
  throw new TypeError("st.secrets is read-only: secrets are changed in .strongroom/secrets.toml.");
}

function outlineOf(value: unknown): unknown {
  if (!isSection(value)) return shownValue;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, outlineOf(item)]));
}

function textOf(outline: unknown): string {
  return `st.secrets ${inspect(outline, { breakLength: Infinity })}`;
}

/** Lists and what is in them, so that nobody changes what all sessions share. */
function frozen(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  for (const item of Object.values(value)) frozen(item);
  return Object.freeze(value);
}

function missing({ read, path }: Place, name: string): StrongroomError {
  const full = [...path, name].join(".");
  const section = path.length === 0 ? "above all sections" : `below [${path.join(".")}]`;
  const { places } = store();
  const at = ["st.secrets", ...path].map((step, index) => stepOf(step, index)).join("");
  const near = nearest(name, Object.keys(read()));
  const text =
    `The secret "${full}" was not found.${near === undefined ? "" : ` Did you mean "${near}"?`} ` +
    `Searched: ${places.join(", ")}. Add ${name} = "…" ${section} of ${places.at(-1) ?? ".strongroom/secrets.toml"}, ` +
    `or ask for it with a default: ${at}.get("${name}", …).`;
  return new StrongroomError("ERR_SECRET_NOT_FOUND", text);
}

/** As code has it: `.mail`, or `["my mail"]`. */
function stepOf(name: string, index: number): string {
  if (index === 0) return name;
  return /^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

const unknownPlaces: readonly string[] = [".strongroom/secrets.toml"];
/** What this process was given: modules read secrets when they load, before any run. */
let provided: SecretStore = { values: {}, places: unknownPlaces };

/** Gives the process its secrets, once, before the app is loaded. */
export function provideSecrets(given: SecretStore): void {
  provided = given;
}

function store(): SecretStore {
  const services = currentScope()?.run.session.services;
  if (services === undefined) return provided;
  return { values: services.secrets, places: services.secretPlaces ?? unknownPlaces };
}

/** The author's secrets. */
export const secrets: Secrets = sectionOf({ read: () => store().values, path: [] });
