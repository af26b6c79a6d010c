import { isLoopback } from "../../../config/access.ts";

/** How an app is reached, as far as it matters to what is made for its author alone. */
export interface Reach {
  readonly host: string;
  readonly allowedOrigins: readonly string[];
  /** The address under which viewers know it, where it has one. */
  readonly url?: string | undefined;
  /** The author works on the app. */
  readonly editing: boolean;
}

/** Why others than its author may reach the app; nothing where it is edited, on this machine only. */
export function whyNotOnlyHere({ host, allowedOrigins, url, editing }: Reach): string | undefined {
  if (!editing) return "it runs for others";
  if (!isLoopback(host) || allowedOrigins.length > 0 || url !== undefined)
    return "others can reach it (server.host, server.url, server.allowedOrigins)";
  return undefined;
}
