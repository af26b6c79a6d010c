/** Where a request goes, read once; every later step sees this and never the text that it was read from. */
export interface RequestTarget {
  readonly path: string;
  /** Without the question mark; never decoded here. */
  readonly query: string;
}

export type TargetRead =
  | { readonly ok: true; readonly target: RequestTarget }
  | { readonly ok: false; readonly reason: "too-long" | "malformed" };

const maxPathChars = 1_024;
const maxQueryChars = 8_192;

// RFC 3986, 3.3: segments of pchar; `%` only before two digits of base 16.
const path = /^(?:\/(?:[A-Za-z0-9\-._~!$&'()*+,;=:@]|%[0-9A-Fa-f]{2})*)+$/;
const query = /^[\x21\x24-\x7e]*$/;
// Encoded letters, digits, `-._~`, slashes, backslash and control characters: a second spelling of another path.
const secondSpelling =
  /%(?:2[defDEF]|3[0-9]|4[1-9a-fA-F]|5[0-9afAFcC]|6[1-9a-fA-F]|7[0-9aeAEfF]|[01][0-9A-Fa-f])/;
const dotSegment = /\/\.{1,2}(?:\/|$)/;

/** Reads a request's target (RFC 9112, 3.2.1: origin form only). What has a second spelling is refused, not mended. */
export function readTarget(raw: string): TargetRead {
  const mark = raw.indexOf("?");
  const pathPart = mark < 0 ? raw : raw.slice(0, mark);
  const queryPart = mark < 0 ? "" : raw.slice(mark + 1);
  if (pathPart.length > maxPathChars || queryPart.length > maxQueryChars)
    return { ok: false, reason: "too-long" };
  const isCanonical =
    path.test(pathPart) &&
    !pathPart.includes("//") &&
    !dotSegment.test(pathPart) &&
    !secondSpelling.test(pathPart) &&
    query.test(queryPart);
  return isCanonical
    ? { ok: true, target: { path: pathPart, query: queryPart } }
    : { ok: false, reason: "malformed" };
}
