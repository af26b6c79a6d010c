import type { Identity } from "../auth/identity.ts";
import type { Logins } from "../auth/logins.ts";
import { whoAsks } from "../auth/who-asks.ts";
import type { Reached } from "../gate.ts";
import type { Access } from "./access.ts";

/** What the gate asks of every request: who that is, and whether they may be here at all. */
export function doorkeeping(
  { access, logins }: { readonly access: Access; readonly logins: Logins },
  /** Who everybody is, while an author tries the app out. */
  developer: Identity | undefined,
): Pick<Reached, "whoAsks" | "mayEnter"> {
  const asks = whoAsks(logins);
  return {
    whoAsks: (cookies, place) => {
      if (developer === undefined) return asks(cookies, place);
      return Promise.resolve(asks(cookies, place)).then((one) => one && { ...one, identity: developer });
    },
    mayEnter: (identity) => access.enter(identity).ok,
  };
}
