import { refusedKeys } from "../../wire/schema-structures.ts";
import { UnfitAnswer } from "./unfit-answer.ts";
import type { Json } from "../../wire/schema.ts";

/** What ties a token to one sign-in says nothing about a person. */
const protocolClaims: ReadonlySet<string> = new Set(["nonce", "at_hash", "c_hash", "s_hash", "sid"]);
const maxChars = 60_000;

/** What the provider says about a person. */
export function claimsOf(said: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const kept = Object.entries(said).filter(
    ([name, value]) => value !== undefined && !protocolClaims.has(name) && !refusedKeys.has(name),
  );
  const claims = Object.fromEntries(kept);
  if (JSON.stringify(claims).length > maxChars)
    throw new UnfitAnswer(
      `At most ${maxChars} characters of claims were expected; ask the provider for fewer.`,
    );
  return claims;
}

/** What differs in each token, and says nothing about a person: the last three are of Microsoft's tokens. */
const claimsOfTokens = ["iat", "exp", "nbf", "jti", "rat", "auth_time", "aio", "rh", "uti"] as const;

/** The claims, with what only tells one token from another as it was: who has not changed is told to be the same. */
export function sameTimes(
  claims: Readonly<Record<string, unknown>>,
  before: Readonly<Record<string, Json>>,
): Readonly<Record<string, unknown>> {
  const same = { ...claims };
  for (const name of claimsOfTokens) {
    delete same[name];
    if (Object.hasOwn(before, name)) same[name] = before[name];
  }
  return same;
}
