import { cookieName, readCookie, writeCookie } from "./edge/cookies.ts";
import { hashOf, isToken, newToken } from "./tokens.ts";

const name = "strongroom-viewer";

/** Who asks, as far as the cookie tells: its hash. The cookie itself is not kept anywhere. */
export function viewerOf(cookies: string | undefined, secure: boolean): string | undefined {
  const value = readCookie(cookies, cookieName(name, secure));
  return isToken(value) ? hashOf(value) : undefined;
}

/** Somebody new: who they are from now on, and the cookie that says so. */
export function newViewer(secure: boolean): { readonly viewer: string; readonly setCookie: string } {
  const value = newToken();
  const spec = { name: cookieName(name, secure), sameSite: "Lax", httpOnly: true } as const;
  return { viewer: hashOf(value), setCookie: writeCookie(spec, value, secure) };
}
