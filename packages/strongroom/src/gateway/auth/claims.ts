import { refusedKeys } from "../../wire/schema-structures.ts";

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
    throw new RangeError(
      `At most ${maxChars} characters of claims were expected; ask the provider for fewer.`,
    );
  return claims;
}
