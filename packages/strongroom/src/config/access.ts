import type { Config } from "./options.ts";
import { ConfigProblem } from "./problem.ts";

/** True for an address that only this machine reaches. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host === "[::1]" || /^127(\.\d{1,3}){3}$/.test(host);
}

/** Stops a start that would let in people of whom nobody said that they may come, or that would not keep out the others. */
export function checkAccess({ server, access }: Config, hasSignIn: boolean): void {
  const allow = access.allow ?? (hasSignIn ? "signed-in" : undefined);
  if (allow === "anyone") return;
  if (allow !== undefined) {
    const origin = access.allow === undefined ? "[auth] in secrets.toml" : "access.allow";
    throw new ConfigProblem(
      `${origin} asks for viewers who have signed in, and this version cannot sign them in. ` +
        'The server does not start, because anybody would get in. If that is meant: allow = "anyone" under [access].',
    );
  }
  if (isLoopback(server.host)) return;
  throw new ConfigProblem(
    `server.host ${server.host} can be reached from other machines, and nothing says who may open the app. ` +
      'If everybody may, add this to .strongroom/config.toml:\n\n[access]\nallow = "anyone"\n',
  );
}
