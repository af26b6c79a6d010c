import type { Config } from "./options.ts";
import { ConfigProblem } from "./problem.ts";

/** True for an address that only this machine reaches. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host === "[::1]" || /^127(\.\d{1,3}){3}$/.test(host);
}

/** Stops a start that would let in people of whom nobody said that they may come, or that would not keep out the others. */
export function checkAccess({ server, access }: Config): void {
  const { allow } = access;
  if (allow === "anyone") return;
  if (allow !== undefined) {
    throw new ConfigProblem(
      'access.allow: this version cannot sign viewers in, so it can only enforce "anyone". The server does not start, because anybody would get in.',
    );
  }
  if (isLoopback(server.host)) return;
  throw new ConfigProblem(
    `server.host ${server.host} can be reached from other machines, and nothing says who may open the app. ` +
      'If everybody may, add this to .strongroom/config.toml:\n\n[access]\nallow = "anyone"\n',
  );
}
