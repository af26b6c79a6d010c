/** What the address bar says: a module of its own, for the script that stands in the document. */

/** The page that the address bar names. */
export function pageNow(): string {
  return location.pathname.slice(baseNow().length + 1);
}

/** The query that the address bar names, with what a frame says of its look. */
export function queryNow(): string {
  return location.search.slice(1);
}

/** The path below which the app lives, or nothing: pages have no folders. */
export function baseNow(): string {
  return location.pathname.slice(0, location.pathname.lastIndexOf("/"));
}
