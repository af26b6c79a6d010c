import { readTarget } from "../edge/request-target.ts";

const pageGrammar = /^\/[a-z0-9_-]*$/i;

/** A page of this app and its query; the first page for whatever is neither. */
export function ownPath(to: string): string {
  const read = readTarget(to);
  if (!read.ok || !pageGrammar.test(read.target.path)) return "/";
  const { path, query } = read.target;
  return query === "" ? path : `${path}?${query}`;
}
