import type { IncomingHttpHeaders } from "node:http";

/**
 * Who may have caused a request, told by what browsers add to it (Fetch Metadata):
 * `document`: links from anywhere, but only as a page of its own; `resource`: our pages, and the address bar;
 * `action`: our pages only; `open`: anything.
 */
export type SiteRule = "document" | "resource" | "action" | "open";

/** True when the request may go on: a document into a frame only where `isEmbeddable`, and there its own policy says of whom. A client that sends none of these headers is no browser that could be misled. */
export function isAllowedSite(rule: SiteRule, headers: IncomingHttpHeaders, isEmbeddable = false): boolean {
  const site = headers["sec-fetch-site"];
  if (rule === "open" || site === undefined || site === "same-origin") return true;
  const into = headers["sec-fetch-dest"];
  const isPage = into === "document" || (isEmbeddable && rule === "document" && into === "iframe");
  const isNavigation = headers["sec-fetch-mode"] === "navigate" && isPage;
  switch (site) {
    case "none":
      return rule !== "action" && isNavigation;
    case "same-site":
    case "cross-site":
      return rule === "document" && isNavigation;
    default:
      return false;
  }
}
