import { encode } from "./codec.ts";
import type { RunSession } from "./run.ts";

/** These say when and how somebody signed in, not what they may do: they change with each new token. */
const passing: ReadonlySet<string> = new Set(
  "iat exp nbf auth_time updated_at nonce jti sid at_hash c_hash".split(" "),
);
const known = new WeakMap<RunSession["user"], readonly Buffer[]>();

/** The claims of who is looking as a part of a key; nothing where nobody has signed in. */
export function claimsOf(user: RunSession["user"]): readonly Buffer[] {
  if (!user.isLoggedIn) return [];
  let bytes = known.get(user);
  if (bytes === undefined) {
    const lasting = Object.entries(user).filter(([name]) => !passing.has(name));
    known.set(user, (bytes = [encode(lasting.sort(([a], [b]) => (a < b ? -1 : 1)))]));
  }
  return bytes;
}
