import type { Boot } from "../../wire/boot.ts";
import type { Identity } from "../auth/identity.ts";
import { developmentProvider } from "../auth/settings.ts";
import type { AskedByVisitor } from "../operation.ts";
import type { Services } from "../services.ts";

/** Says whom `--as` made of everybody, or whom the viewer has made of themselves. */
export function playedBy(
  { access, developer, signIn }: Services,
  asked: AskedByVisitor,
): Pick<Boot, "playing"> {
  if (developer !== undefined) return { playing: { by: "as", who: personOf(developer) } };
  if (!signIn.providers.has(developmentProvider)) return {};
  const identity = access.identityOf(asked.viewer);
  return { playing: { by: "sign-in", ...(identity && { who: personOf(identity) }) } };
}

/** Says whether the viewer has signed in: who everybody is made to be has not. */
export function signedIn({ logins }: Services, { viewer }: AskedByVisitor): Pick<Boot, "signedIn"> {
  return logins.find(viewer) === undefined ? {} : { signedIn: true };
}

/** Somebody's address, with their groups and roles. */
export function personOf({ claims: { email, ...others } }: Identity): string {
  const lists = Object.values(others).flatMap((names) => (Array.isArray(names) ? names : []));
  return [email, ...lists].map(String).join(", ").slice(0, 1_000);
}
