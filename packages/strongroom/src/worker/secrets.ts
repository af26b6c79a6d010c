import { StrongroomError } from "./errors.ts";
import { currentRun } from "./run.ts";

/** The author's secrets: `st.secrets.KEY`, `st.secrets.section.key`, `st.secrets.get("KEY", fallback)`. */
export type Secrets = { readonly [name: string]: Secret } & {
  get(name: string, fallback?: unknown): unknown;
};

/** What stands in a secrets file: text, or a section of it. Numbers and switches of the file are typed as text, too. */
export type Secret = string & { readonly [name: string]: Secret };

function all(): Readonly<Record<string, unknown>> {
  return currentRun().session.services.secrets;
}

export const secrets: Secrets = new Proxy(Object.create(null) as Secrets, {
  get(_, name) {
    if (typeof name !== "string") return undefined;
    if (name === "get")
      return (key: string, fallback?: unknown) => (Object.hasOwn(all(), key) ? all()[key] : fallback);
    if (Object.hasOwn(all(), name)) return all()[name];
    throw new StrongroomError(
      "ERR_SECRET_NOT_FOUND",
      `The secret "${name}" was not found. Add \`${name} = "…"\` to .strongroom/secrets.toml (or ~/.strongroom/secrets.toml).`,
    );
  },
  has: (_, name) => typeof name === "string" && Object.hasOwn(all(), name),
  ownKeys: () => Object.keys(all()),
  getOwnPropertyDescriptor: (_, name) =>
    typeof name === "string" && Object.hasOwn(all(), name)
      ? { value: "[secret]", enumerable: true, configurable: true }
      : undefined,
});
