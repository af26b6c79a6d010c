import { readAddress, readClause, type AccessRule, type Clause } from "../../wire/access-rule.ts";
import type { Json } from "../../wire/schema.ts";

/** Somebody who has signed in, as far as rules ask: what the provider says of them. */
export interface Claimed {
  readonly claims: Readonly<Record<string, Json>>;
}

/** Why somebody may not: nobody has signed in, or who has is not meant. */
export type May = { readonly ok: true } | { readonly ok: false; readonly reason: "sign-in" | "not-allowed" };

/** The claims that hold groups and roles: a claim's name, or a path into one ("realm_access.roles"). */
export interface ClaimNames {
  readonly groups: string;
  readonly roles: string;
}

export const usualClaims: ClaimNames = { groups: "groups", roles: "roles" };

const yes: May = { ok: true };

/** Judges one rule. What cannot be read fits nobody. */
export function may(rule: AccessRule, identity: Claimed | undefined, names: ClaimNames = usualClaims): May {
  if (rule === "anyone") return yes;
  if (identity === undefined) return { ok: false, reason: "sign-in" };
  if (rule === "signed-in") return yes;
  const isMeant = rule.some((text) => {
    const clause = readClause(text);
    return clause !== undefined && fits(clause, identity.claims, names);
  });
  return isMeant ? yes : { ok: false, reason: "not-allowed" };
}

function fits(clause: Clause, claims: Claimed["claims"], names: ClaimNames): boolean {
  switch (clause.kind) {
    case "group":
      return namesIn(claims, names.groups).includes(clause.name);
    case "role":
      return namesIn(claims, names.roles).includes(clause.name);
    case "domain":
      return verifiedAddress(claims)?.domain === clause.domain;
    case "address": {
      const address = verifiedAddress(claims);
      return address?.local === clause.address.local && address.domain === clause.address.domain;
    }
  }
}

/** An address counts only where the provider says, as `true` and nothing like it, that it is its owner's (OIDC Core, 5.1). */
function verifiedAddress(claims: Claimed["claims"]): ReturnType<typeof readAddress> {
  const email = own(claims, "email");
  return own(claims, "email_verified") === true && typeof email === "string" ? readAddress(email) : undefined;
}

/** A list of texts, or one text, which is one name whatever stands in it. */
function namesIn(claims: Claimed["claims"], claim: string): readonly Json[] {
  const held = own(claims, claim) ?? at(claims, claim.split("."));
  if (typeof held === "string") return [held];
  return Array.isArray(held) ? held.filter((name) => typeof name === "string") : [];
}

function at(claims: Claimed["claims"], path: readonly string[]): Json | undefined {
  let held: Json | undefined = claims;
  for (const key of path) held = own(held, key);
  return held;
}

/** What an object holds itself: no claim's name leads to what all objects have. */
function own(held: Json | undefined, key: string): Json | undefined {
  if (typeof held !== "object" || held === null || Array.isArray(held) || !Object.hasOwn(held, key))
    return undefined;
  return (held as Readonly<Record<string, Json>>)[key]; // neither null nor a list
}
