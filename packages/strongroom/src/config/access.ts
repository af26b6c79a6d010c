import type { AccessRule } from "../wire/access-rule.ts";
import type { Config } from "./options.ts";
import { ConfigProblem } from "./problem.ts";

/** True for an address that only this machine reaches. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host === "[::1]" || /^127(\.\d{1,3}){3}$/.test(host);
}

const openToAll = '[access]\nallow = "anyone"\n';
const forSome =
  '[access]\nallow = ["*@company.com"]   # or "signed-in": whoever has an account at the provider\n';

/**
 * The rule in force. Stops a start that would let in people of whom nobody said that they may come, or that could let in
 * nobody: rules ask for a sign-in, and nothing says how.
 */
export function checkAccess(
  { server, access }: Pick<Config, "server" | "access">,
  hasSignIn: boolean,
): AccessRule {
  const allow = access.allow ?? (hasSignIn ? "signed-in" : "anyone");
  if (access.allow === undefined && !isLoopback(server.host)) throw unsaid(server.host, hasSignIn);
  const [name] =
    Object.entries({ "access.allow": allow, ...withNames(access.pages) }).find(
      ([, rule]) => rule !== "anyone",
    ) ?? [];
  if (hasSignIn || name === undefined) return allow;
  throw new ConfigProblem(
    `${name} asks for viewers who have signed in, and nothing says how they do: secrets.toml has no [auth]. Add it, ` +
      "or try it out as somebody: strongroom run --as alice@company.com. If everybody may come: " +
      'allow = "anyone" under [access].',
  );
}

function withNames(pages: Config["access"]["pages"]): Readonly<Record<string, AccessRule>> {
  return Object.fromEntries(
    Object.entries(pages ?? {}).map(([path, rule]) => [`access.pages.${path === "" ? '""' : path}`, rule]),
  );
}

function unsaid(host: string, hasSignIn: boolean): ConfigProblem {
  const lines = hasSignIn
    ? `Say who of those that can sign in, in .strongroom/config.toml:\n\n${forSome}`
    : `If everybody may, add this to .strongroom/config.toml:\n\n${openToAll}`;
  return new ConfigProblem(
    `server.host ${host} can be reached from other machines, and nothing says who may open the app. ${lines}`,
  );
}
