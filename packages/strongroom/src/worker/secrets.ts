import { StrongroomError } from "./errors.ts";
import { currentRun } from "./run.ts";
import { unchanging } from "./shared-proxy.ts";

/** A section of the secrets file: `st.secrets.KEY`, `st.secrets.section.key`, `st.secrets.get("KEY", fallback)`. */
export type Secrets = { readonly [name: string]: Secret } & {
  get(name: string, fallback?: unknown): unknown;
};

/** What stands in a secrets file: text, or a section of it. Numbers and switches of the file are typed as text, too. */
export type Secret = string & { readonly [name: string]: Secret };

type Section = Readonly<Record<string, unknown>>;

/** Names that the language asks any value for. */
const asked: ReadonlySet<string> = new Set(["then", "toJSON", "constructor"]);

function isSection(value: unknown): value is Section {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

/** A section that says which secret is missing, and how to add it. */
function sectionOf(read: () => Section, path: string): Secrets {
  const valueOf = (name: string): unknown => {
    const value = read()[name];
    return isSection(value) ? sectionOf(() => value, `${path}${name}.`) : value;
  };
  return new Proxy<Secrets>(Object.create(null) as Secrets, {
    ...unchanging,
    get(_, name) {
      if (typeof name !== "string") return undefined;
      if (Object.hasOwn(read(), name)) return valueOf(name);
      if (name === "get")
        return (key: string, fallback?: unknown) => (Object.hasOwn(read(), key) ? valueOf(key) : fallback);
      if (asked.has(name)) return undefined;
      throw new StrongroomError(
        "ERR_SECRET_NOT_FOUND",
        `The secret "${path}${name}" was not found. Add \`${path}${name} = "…"\` to .strongroom/secrets.toml, or ask for it with a default: st.secrets.get("${name}", …).`,
      );
    },
    has: (_, name) => typeof name === "string" && Object.hasOwn(read(), name),
    ownKeys: () => Object.keys(read()),
    getOwnPropertyDescriptor: (_, name) =>
      typeof name === "string" && Object.hasOwn(read(), name)
        ? { value: undefined, enumerable: true, configurable: true, writable: false }
        : undefined,
    set: () => false,
    deleteProperty: () => false,
  });
}

/** The author's secrets. */
export const secrets: Secrets = sectionOf(() => currentRun().session.services.secrets, "");
