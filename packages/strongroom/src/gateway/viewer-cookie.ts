import type { IncomingHttpHeaders } from "node:http";
import { cookieName, readCookie, writeCookie, type CookiePlace, type CookieSpec } from "./edge/cookies.ts";
import { hashOf, isToken, newToken } from "./tokens.ts";

const name = "strongroom-viewer";
/** Begins the cookie of who has signed in: without a sign-in behind it, such a cookie is nobody's. */
const loginMark = "in.";

/** What a cookie tells of who asks: its hash. The cookie itself is not kept anywhere. */
export interface NamedViewer {
  readonly viewer: string;
  /** It is worth something only as long as the sign-in goes on. */
  readonly isLogin: boolean;
}

export function viewerOf(cookies: string | undefined, place: CookiePlace): NamedViewer | undefined {
  const value = readCookie(cookies, cookieName(name, place));
  if (value === undefined) return undefined;
  const isLogin = value.startsWith(loginMark);
  return isToken(isLogin ? value.slice(loginMark.length) : value)
    ? { viewer: hashOf(value), isLogin }
    : undefined;
}

interface NewViewer {
  readonly viewer: string;
  readonly setCookie: string;
}

/** Somebody new: who they are from now on, and the cookie that says so. */
export function newViewer(place: CookiePlace): NewViewer {
  return made(newToken(), specOf(place), place);
}

/** Somebody who has signed in, for so long at most. */
export function newLogin(lifeSeconds: number, place: CookiePlace): NewViewer {
  return made(`${loginMark}${newToken()}`, { ...specOf(place), maxAgeSeconds: lifeSeconds }, place);
}

/** Takes the viewer's cookie away. */
export function forgetViewer(place: CookiePlace): string {
  return writeCookie({ ...specOf(place), maxAgeSeconds: 0 }, "", place);
}

/** Does whoever asks so stand in a frame, with no cookie of the app's own page? Who has that goes on with it. */
export function isFramed(headers: IncomingHttpHeaders, place: Omit<CookiePlace, "framed">): boolean {
  const has = (framed: boolean): boolean =>
    readCookie(headers.cookie, cookieName(name, { ...place, framed })) !== undefined;
  const into = headers["sec-fetch-dest"];
  return into !== "document" && !has(false) && (into === "iframe" || has(true));
}

function specOf(place: CookiePlace): CookieSpec {
  return { name: cookieName(name, place), sameSite: "Lax", httpOnly: true };
}

function made(value: string, spec: CookieSpec, place: CookiePlace): NewViewer {
  return { viewer: hashOf(value), setCookie: writeCookie(spec, value, place) };
}
