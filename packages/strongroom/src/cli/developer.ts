import type { Config } from "../config/options.ts";
import { ConfigProblem } from "../config/problem.ts";
import { whyNotOnlyHere } from "../gateway/auth/development/only-here.ts";
import { claimsOf, namesOf, type Person } from "../gateway/auth/development/person.ts";
import type { Identity } from "../gateway/auth/identity.ts";
import { developmentProvider } from "../gateway/auth/settings.ts";
import { readAddress } from "../wire/access-rule.ts";
import { UsageError, type Arguments } from "./arguments.ts";

/** Flags that say who everybody is to an app that is tried out. */
export const developerFlags = ["as", "groups", "roles"] as const;

/** Whom `--as` names. */
export type Developer = Person;

export function readDeveloper({ values }: Arguments): Developer | undefined {
  const email = values.get("as");
  const [groups, roles] = [namesOf(values.get("groups")), namesOf(values.get("roles"))];
  if (email === undefined) {
    if (groups.length + roles.length > 0)
      throw new UsageError("--groups and --roles are those of whom --as names: --as alice@example.com");
    return undefined;
  }
  if (readAddress(email) === undefined)
    throw new UsageError("--as: expected an e-mail address: --as alice@example.com");
  return { email, groups, roles };
}

/**
 * The identity that everybody has who opens the app: nobody but its author can, who edits it on this machine. Anywhere
 * else it would be a way in, so the start is refused.
 */
export function developerIdentity(
  developer: Developer,
  { server, access }: Pick<Config, "server" | "access">,
  isEditing: boolean,
): Identity {
  const why = whyNotOnlyHere({ ...server, editing: isEditing });
  if (why !== undefined) {
    throw new ConfigProblem(
      `--as makes everybody who opens the app the one whom it names. Expected: an app that is edited, on this machine ` +
        `only; ${why}. Leave --as away; people sign in by [auth] of secrets.toml.`,
    );
  }
  const { sub: _, ...claims } = claimsOf(developer, { groups: access.groupsClaim, roles: access.rolesClaim });
  const issuer = "strongroom run --as";
  return { issuer, subject: developer.email, provider: developmentProvider, claims, signedInAt: Date.now() };
}

/** True where people sign in by the built-in provider; stops a start where others could, too. */
export function hasDevelopmentSignIn(
  { auth, server }: Pick<Config, "auth" | "server">,
  isEditing: boolean,
): boolean {
  if (auth.provider === undefined) return false;
  const why = whyNotOnlyHere({ ...server, editing: isEditing });
  if (why === undefined) return true;
  throw new ConfigProblem(
    `auth.provider "development" lets everybody be whom they say. Expected: an app that is edited, on this machine ` +
      `only; ${why}. Set up a provider: [auth] of secrets.toml stands above this line of config.toml.`,
  );
}
