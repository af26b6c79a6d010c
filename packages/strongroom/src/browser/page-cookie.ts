import { pageCookie } from "../wire/page-cookies.ts";
import { baseNow } from "./address-now.ts";

/** Tells the server's next document something that no secret depends on; 0 seconds take it back. */
export function setPageCookie(name: string, value: string, maxAgeSeconds: number): void {
  const isSecure = location.protocol === "https:";
  // In a frame of another site's page browsers keep no other cookie than this one.
  const isFramed = window.top !== window && isSecure;
  const site = `${isFramed ? "SameSite=None; Partitioned" : "SameSite=Lax"}${isSecure ? "; Secure" : ""}`;
  document.cookie = `${pageCookie(name, baseNow())}=${value}; Max-Age=${maxAgeSeconds}; Path=/; ${site}`;
  // Writing does not wait, reading does: without it a page that goes asks for the next one before the cookie is there.
  void document.cookie;
}

/** What such a cookie holds. */
export function pageCookieNow(name: string): string | undefined {
  const start = `${pageCookie(name, baseNow())}=`;
  const found = document.cookie.split("; ").find((pair) => pair.startsWith(start));
  return found?.slice(start.length);
}
