import { s } from "../../wire/s.ts";
import type { Infer } from "../../wire/schema.ts";
import type { Login } from "./login-row.ts";

const text = s.string({ minLength: 1, maxLength: 20_000 });

/** Whose sign-ins end, as it is written down: all that is said of them must fit. */
export const endedSchema = s.object({
  viewer: s.optional(text),
  /** A person's, together with the subject; or those of one session at the provider. */
  issuer: s.optional(text),
  subject: s.optional(text),
  sid: s.optional(text),
  /** A person, as an operator names them: e-mail address or subject, in small letters. */
  who: s.optional(text),
  /** All but this viewer's. */
  except: s.optional(text),
  everybody: s.optional(s.literal(true)),
});
/** The same, with all that may be said of them. */
type Said = { readonly [K in keyof Infer<typeof endedSchema>]: Infer<typeof endedSchema>[K] | undefined };

/** Whose sign-ins end: one viewer's, one person's, those of one session at the provider, or whom an operator names. */
export type Ended =
  | { readonly viewer: string }
  | {
      readonly issuer: string;
      readonly subject: string;
      readonly sid?: string | undefined;
      readonly except?: string;
    }
  | { readonly issuer: string; readonly sid: string }
  | { readonly who: string }
  | { readonly everybody: true };

/** Is a sign-in one of those that end? */
export function isMeant(
  viewer: string,
  { identity, sid }: Pick<Login, "identity" | "sid">,
  ended: Said,
): boolean {
  if (ended.everybody === true) return true;
  if (ended.viewer !== undefined && viewer !== ended.viewer) return false;
  if (ended.except !== undefined && viewer === ended.except) return false;
  if (ended.who !== undefined && !namesOf({ identity }).includes(ended.who)) return false;
  if (ended.issuer !== undefined && identity.issuer !== ended.issuer) return false;
  if (ended.subject !== undefined && identity.subject !== ended.subject) return false;
  if (ended.sid !== undefined && sid !== ended.sid) {
    // Where the provider named no session at the sign-in, it may be the one.
    return ended.subject !== undefined && sid === undefined;
  }
  return Object.values(ended).some((said) => said !== undefined);
}

/** What an operator may call a person, in small letters. */
function namesOf({ identity: { claims, subject } }: Pick<Login, "identity">): readonly string[] {
  const email = claims["email"];
  return [subject, ...(typeof email === "string" ? [email] : [])].map((name) => name.toLowerCase());
}
