import type { User } from "../../wire/worker-setup.ts";
import type { Identity } from "./identity.ts";

/** What the author's code learns of a viewer: never a token. */
export function userOf(identity: Identity | undefined): User {
  return { ...identity?.claims, isLoggedIn: identity !== undefined };
}
