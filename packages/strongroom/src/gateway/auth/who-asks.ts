import type { CookiePlace } from "../edge/cookies.ts";
import { viewerOf } from "../viewer-cookie.ts";
import type { Identity } from "./identity.ts";
import type { Logins } from "./logins.ts";

/** Who asks: a viewer, and who that is where they have signed in. */
export interface Asking {
  readonly viewer: string;
  readonly identity: Identity | undefined;
}

/** Finds out who asks from the cookies of a request; nothing where nobody known does. */
export type WhoAsks = (cookies: string | undefined, place: CookiePlace) => Asking | undefined;

/** A cookie of a sign-in that has ended is worth as much as none. */
export function whoAsks(logins: Pick<Logins, "find" | "touch">): WhoAsks {
  return (cookies, place) => {
    const named = viewerOf(cookies, place);
    if (named === undefined || !named.isLogin) return named && { viewer: named.viewer, identity: undefined };
    const identity = logins.find(named.viewer);
    if (identity === undefined) return undefined;
    logins.touch(named.viewer);
    return { viewer: named.viewer, identity };
  };
}
