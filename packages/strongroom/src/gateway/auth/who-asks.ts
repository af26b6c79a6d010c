import type { CookiePlace } from "../edge/cookies.ts";
import { viewerOf } from "../viewer-cookie.ts";
import type { Identity } from "./identity.ts";
import type { Logins } from "./logins.ts";

/** Who asks: a viewer, and who that is where they have signed in. */
export interface Asking {
  readonly viewer: string;
  readonly identity: Identity | undefined;
}

/**
 * Finds out who asks from the cookies of a request; nothing where nobody known does. At once for whom this gateway knows:
 * what a request says further on must not be read before it is judged.
 */
export type WhoAsks = (cookies: string | undefined, place: CookiePlace) => Asked | Promise<Asked>;
type Asked = Asking | undefined;

/** A cookie of a sign-in that has ended is worth as much as none; one that another gateway gave is as good as ours. */
export function whoAsks(logins: Pick<Logins, "find" | "meet" | "touch">): WhoAsks {
  const known = (viewer: string): Asked => {
    const identity = logins.find(viewer);
    if (identity === undefined) return undefined;
    logins.touch(viewer);
    return { viewer, identity };
  };
  return (cookies, place) => {
    const named = viewerOf(cookies, place);
    if (named === undefined || !named.isLogin) return named && { viewer: named.viewer, identity: undefined };
    const { viewer } = named;
    return known(viewer) ?? logins.meet(viewer).then(() => known(viewer));
  };
}
