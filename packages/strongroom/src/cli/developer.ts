import { isLoopback } from "../config/access.ts";
import type { Config } from "../config/options.ts";
import { ConfigProblem } from "../config/problem.ts";
import type { Identity } from "../gateway/auth/identity.ts";
import { readAddress } from "../wire/access-rule.ts";
import { UsageError, type Arguments } from "./arguments.ts";

/** Flags that say who everybody is to an app that is tried out. */
export const developerFlags = ["as", "groups", "roles"] as const;

/** Whom `--as` names. */
export interface Developer {
  readonly email: string;
  readonly groups: readonly string[];
  readonly roles: readonly string[];
}

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

function namesOf(text: string | undefined): readonly string[] {
  return (text ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean);
}

/**
 * The identity that everybody has who opens the app: nobody but its author can, who edits it on this machine. Anywhere
 * else it would be a way in, so the start is refused.
 */
export function developerIdentity(
  { email, groups, roles }: Developer,
  { server, access }: Pick<Config, "server" | "access">,
  isEditing: boolean,
): Identity {
  const isReachable = !isLoopback(server.host) || server.allowedOrigins.length > 0;
  if (!isEditing || isReachable) {
    const why = isEditing ? "others can reach it (server.host, server.allowedOrigins)" : "it runs for others";
    throw new ConfigProblem(
      `--as makes everybody who opens the app the one whom it names. Expected: an app that is edited, on this machine ` +
        `only; ${why}. Leave --as away; people sign in by [auth] of secrets.toml.`,
    );
  }
  const claims = {
    email,
    email_verified: true,
    name: email.split("@")[0] ?? email,
    [access.groupsClaim]: [...groups],
    [access.rolesClaim]: [...roles],
  };
  const issuer = "strongroom run --as";
  return { issuer, subject: email, provider: "development", claims, signedInAt: Date.now() };
}
