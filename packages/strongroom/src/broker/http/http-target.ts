import type { WrittenHttp } from "../../wire/connection-settings.ts";
import { SettingsError } from "../errors.ts";
import { isLoopback, tlsOf, type TlsFiles } from "../tls-files.ts";

/** Where a service is, and what is said to it with every request. */
export interface HttpTarget {
  readonly url: URL;
  /** Headers that the operator gave; names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  /** Nothing where the URL is plain HTTP, which only this machine may have. */
  readonly tls: TlsFiles | undefined;
}

export function httpTarget(
  common: { readonly name: string; readonly appFolder: string },
  { url: text, headers = {}, token, user, password = "", ssl = {} }: WrittenHttp,
): HttpTarget {
  const { name } = common;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.hash !== "" || url.search !== "")
    throw new SettingsError(
      name,
      "url",
      'expected one such as "https://api.example.com/v1", without ? and #',
    );
  if (url.username !== "" || url.password !== "")
    throw new SettingsError(name, "url", "expected no user in it; write `user` and `password`, or `token`");
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (url.protocol === "http:" && !isLoopback(host))
    throw new SettingsError(name, "url", "expected https:; only a service on this machine may do without");
  const all: Record<string, string> = {};
  for (const [header, value] of Object.entries(headers)) {
    if (!isHeaderName(header) || !isHeaderValue(value))
      throw new SettingsError(
        name,
        "headers",
        "expected names of letters, digits and -, and values of one line",
      );
    all[header.toLowerCase()] = value;
  }
  if (token !== undefined) all["authorization"] = `Bearer ${token}`;
  if (user !== undefined)
    all["authorization"] = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
  const tls = url.protocol === "http:" ? undefined : tlsOf(common, host, ssl);
  if (url.protocol === "https:" && tls === undefined)
    throw new SettingsError(name, "ssl.mode", 'expected "verify": a URL that begins with https: is verified');
  return { url, headers: all, tls };
}

export function isHeaderName(name: string): boolean {
  return /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,200}$/.test(name);
}

/** One line of visible characters: what a header may hold (RFC 9110, 5.5). */
export function isHeaderValue(value: string): boolean {
  return /^[\t\x20-\x7e\u0080-\u00ff]*$/.test(value);
}
