export type RangeRead =
  | { readonly kind: "whole" }
  | { readonly kind: "part"; readonly from: number; readonly to: number }
  | { readonly kind: "unsatisfiable" };

const single = /^bytes=(?:(\d{1,15})-(\d{1,15})?|-(\d{1,15}))$/;

/**
 * The part of `length` bytes that a `Range` header asks for, `to` included. Several ranges in one request, and what
 * cannot be read, are answered with the whole, as RFC 9110, 14.2 allows.
 */
export function readRange(header: string | undefined, length: number): RangeRead {
  const found = header === undefined ? null : single.exec(header);
  if (found === null) return { kind: "whole" };
  const [, first, last, suffix] = found;
  if (suffix !== undefined) return lastBytes(Number(suffix), length);
  const from = Number(first);
  const to = Math.min(last === undefined ? Infinity : Number(last), length - 1);
  // A last position before the first makes the header invalid (14.1.1), not unsatisfiable.
  if (last !== undefined && Number(last) < from) return { kind: "whole" };
  return from < length ? { kind: "part", from, to } : { kind: "unsatisfiable" };
}

function lastBytes(count: number, length: number): RangeRead {
  if (count === 0 || length === 0) return { kind: "unsatisfiable" };
  return { kind: "part", from: Math.max(0, length - count), to: length - 1 };
}

/** True when an `If-None-Match` names the tag or `*` (RFC 9110, 13.1.2: weak comparison). */
export function isUnchanged(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined || ifNoneMatch.length > 4_096) return false;
  if (ifNoneMatch.trim() === "*") return true;
  return ifNoneMatch.split(",").some((tag) => tag.trim().replace(/^W\//, "") === etag);
}
