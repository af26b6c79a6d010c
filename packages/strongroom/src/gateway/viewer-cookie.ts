import { cookieName, readCookie, writeCookie, type CookieSpec } from "./edge/cookies.ts";
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

export function viewerOf(cookies: string | undefined, secure: boolean): NamedViewer | undefined {
  const value = readCookie(cookies, cookieName(name, secure));
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
export function newViewer(secure: boolean): NewViewer {
  return made(newToken(), specOf(secure), secure);
}

/** Somebody who has signed in, for so long at most. */
export function newLogin(lifeSeconds: number, secure: boolean): NewViewer {
  return made(`${loginMark}${newToken()}`, { ...specOf(secure), maxAgeSeconds: lifeSeconds }, secure);
}

/** Takes the viewer's cookie away. */
export function forgetViewer(secure: boolean): string {
  return writeCookie({ ...specOf(secure), maxAgeSeconds: 0 }, "", secure);
}

function specOf(secure: boolean): CookieSpec {
  return { name: cookieName(name, secure), sameSite: "Lax", httpOnly: true };
}

function made(value: string, spec: CookieSpec, secure: boolean): NewViewer {
  return { viewer: hashOf(value), setCookie: writeCookie(spec, value, secure) };
}
