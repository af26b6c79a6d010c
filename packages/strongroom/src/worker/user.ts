import { inspect } from "node:util";
import type { Json } from "../wire/schema.ts";
import type { User as KnownUser } from "../wire/worker-setup.ts";
import { badOption, StrongroomError } from "./errors.ts";
import { currentRun, type Run } from "./run.ts";
import { unchanging } from "./shared-proxy.ts";

/** Who is looking: `isLoggedIn`, and the claims of their provider by name, such as `st.user.email`. Read-only. */
export type User = {
  /** True when the viewer has signed in; false otherwise, also where no sign-in is set up. */
  readonly isLoggedIn: boolean;
  /** A copy as plain data. */
  toDict(): Record<string, unknown>;
} & {
  /** A claim of the provider; nothing where it made none of that name. */
  readonly [claim: string]: Json | undefined;
};

/**
 * Takes the viewer to where they sign in, and brings them back to this page. `provider` names a section `[auth.NAME]`
 * of the secrets; without it the one in `[auth]` is meant, or the only one there is. The run goes on: end it by
 * `st.stop()` where the rest of the page is for people who have signed in.
 */
export function login(provider?: string): void {
  if (provider !== undefined && (typeof provider !== "string" || !/^[A-Za-z0-9-]{1,50}$/.test(provider)))
    throw badOption("login", "provider", "the name of a section [auth.NAME] of the secrets");
  tell(provider === undefined ? { t: "auth", do: "login" } : { t: "auth", do: "login", provider });
}

/** Signs the viewer out of this app, in all its tabs of this browser, and at the provider where it offers that. */
export function logout(): void {
  tell({ t: "auth", do: "logout" });
}

function tell(message: Parameters<Run["session"]["services"]["tell"]>[1]): void {
  const { session, isCached } = currentRun();
  if (isCached) {
    throw new StrongroomError(
      "ERR_CACHE_SCOPE",
      `st.${message.do} belongs to one viewer, and a cached function's work is for others as well. Call it outside of the function.`,
    );
  }
  session.services.tell(session.number, message);
}

const toDict = (): Record<string, unknown> => structuredClone({ ...known() });
const own: ReadonlyMap<string | symbol, unknown> = new Map<string | symbol, unknown>([
  ["toDict", toDict],
  ["toJSON", toDict],
  [inspect.custom, toDict],
]);

function known(): KnownUser {
  return currentRun().session.user;
}

/** One object for all viewers: what it answers is that of the run that asks. */
export const user: User = new Proxy<User>(Object.create(null) as User, {
  ...unchanging,
  get(_, name) {
    if (own.has(name)) return own.get(name);
    return typeof name === "string" && Object.hasOwn(known(), name) ? known()[name] : undefined;
  },
  has: (_, name) => typeof name === "string" && Object.hasOwn(known(), name),
  ownKeys: () => Object.keys(known()),
  getOwnPropertyDescriptor: (_, name) =>
    typeof name === "string" && Object.hasOwn(known(), name)
      ? { value: known()[name], enumerable: true, configurable: true, writable: false }
      : undefined,
  set: refuse,
  deleteProperty: refuse,
});

function refuse(): never {
  throw new TypeError("st.user is read-only: it says what the provider says of the viewer.");
}

/** So that no run of a session changes what the next one reads. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  for (const item of Object.values(value)) deepFreeze(item);
  return Object.freeze(value);
}
