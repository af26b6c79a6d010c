/** The cookies that a page of ours writes: they tell the server's next document something that no secret depends on. */

/** The viewer's choice of colours, kept in the cookie of that name; system's where there is none. */
export const themeCookie = "strongroom-theme";

/**
 * Says for some seconds, while a page goes away, whose session it showed, so that a refresh takes it up again. Who sends
 * it has gone already: the socket of the page that went may be open for a moment more, and must not keep the session.
 */
export const tabCookie = "strongroom-tab";

/** What such a cookie is called below a path: two apps of one host have two of them. */
export function pageCookie(name: string, base: string): string {
  return `${name}${base.replaceAll("/", ".")}`;
}

/** An address of the app, as the browser's bar has it. */
interface Place {
  readonly page: string;
  /** As `URLSearchParams` spells it: one query has many spellings. */
  readonly query: string;
}

/**
 * What the tab's cookie holds: the session, and a mark of the address that the page stands at. Who asks for another
 * address wants another page. Where the session is by now does not count: the address may not have followed it yet.
 */
export function leftTab(session: string, { page, query }: Place): string {
  let mark = 0;
  for (const char of `${page}?${query}`) mark = (Math.imul(mark, 31) + (char.codePointAt(0) ?? 0)) | 0;
  return `${session}.${(mark >>> 0).toString(36)}`;
}
