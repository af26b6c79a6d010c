/** What of the way by which a browser reaches the gateway decides about its cookies. */
export interface CookiePlace {
  /** Over TLS. */
  readonly secure: boolean;
  /** The path below which the app lives: "/team/app", or nothing. */
  readonly base: string;
  /** In a frame of another site's page, which the operator has listed; only ever over TLS. */
  readonly framed: boolean;
}

/** A cookie that this gateway sets. There is no option that weakens one. */
export interface CookieSpec {
  readonly name: string;
  readonly sameSite: "Lax" | "Strict";
  readonly httpOnly: boolean;
  /** Absent: as long as the browser runs. 0 clears it. */
  readonly maxAgeSeconds?: number;
}

const maxHeaderChars = 16_384;
/**
 * RFC 6265, 5.4: a space. `trim` takes more away: a neighbour's cookie that begins with another kind of space is none of
 * ours, though a browser lets the neighbour set it.
 */
const spaces = /^[ \t]+|[ \t]+$/g;
// RFC 6265, 4.1.1: cookie-octet.
const octets = /^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*$/;

/**
 * The value of a cookie in a `Cookie` header, or nothing. A name that is sent twice has no value: one of the two was
 * tossed in by a neighbour, and nobody can tell which.
 */
export function readCookie(header: string | undefined, name: string): string | undefined {
  if (header === undefined || header.length > maxHeaderChars) return undefined;
  let found: string | undefined;
  for (const pair of header.split(";")) {
    const mark = pair.indexOf("=");
    if (mark < 0 || pair.slice(0, mark).replace(spaces, "") !== name) continue;
    if (found !== undefined) return undefined;
    found = pair.slice(mark + 1).replace(spaces, "");
  }
  return found !== undefined && octets.test(found) ? found : undefined;
}

/**
 * The name that a browser keeps from being set by other hosts and without TLS (RFC 6265bis, 4.1.3.2). Such cookies have no
 * path: two apps below one host have two names. No part of a base holds a dot, so the names of two bases are never one.
 */
export function cookieName(name: string, { secure, base, framed }: CookiePlace): string {
  const whole = `${name}${framed ? "-framed" : ""}${base.replaceAll("/", ".")}`;
  return secure ? `__Host-${whole}` : whole;
}

/** A `Set-Cookie` line. */
export function writeCookie(
  spec: CookieSpec,
  value: string,
  { secure, framed }: Pick<CookiePlace, "secure" | "framed">,
): string {
  if (!octets.test(value)) throw new TypeError(`A value of cookie octets was expected for ${spec.name}.`);
  const age = spec.maxAgeSeconds === undefined ? "" : `; Max-Age=${spec.maxAgeSeconds}`;
  const flags = `${spec.httpOnly ? "; HttpOnly" : ""}${secure ? "; Secure" : ""}`;
  // In a frame browsers send no other cookie than this, and of it each page that frames the app has one of its own.
  const site = framed ? "None; Partitioned" : spec.sameSite;
  return `${spec.name}=${value}; Path=/${age}; SameSite=${site}${flags}`;
}
