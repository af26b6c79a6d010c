import { leftTab, tabCookie } from "../wire/page-cookies.ts";
import { pageCookieNow, setPageCookie } from "./page-cookie.ts";
import { pageNow, queryNow } from "./address-now.ts";

/** The next document is asked for within this time: a server that is down for a moment is asked again. */
const leavingSeconds = 60;
/**
 * A page that is still here after so long has not been left. Longer than its socket waits: while a request is slow to leave
 * the cookie must stand, and no other tab is given a session whose socket is open.
 */
const stayedMs = 5_000;

/** A page that goes away says which session it showed, so that a refresh finds it. */
export function heedLeaving(session: string): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stay = (): void => {
    clearTimeout(timer);
    // What another tab wrote is another tab's.
    if (pageCookieNow(tabCookie)?.startsWith(session) === true) setPageCookie(tabCookie, "", 0);
  };
  // This page may be a refreshed one: its cookie has done its work.
  stay();
  // A refresh sends its request after this and before `pagehide`. What turns out to be a download leaves the page here.
  window.addEventListener("beforeunload", () => {
    const query = new URLSearchParams(queryNow()).toString();
    setPageCookie(tabCookie, leftTab(session, { page: pageNow(), query }), leavingSeconds);
    clearTimeout(timer);
    timer = setTimeout(stay, stayedMs);
  });
  window.addEventListener("pageshow", ({ persisted }) => {
    if (persisted) stay();
  });
}
