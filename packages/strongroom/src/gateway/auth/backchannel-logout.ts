import { createLocalJWKSet, decodeJwt, jwtVerify, type JWTPayload } from "jose";
import { isPlainObject } from "../../wire/schema-structures.ts";
import type { Records } from "../store/records.ts";
import { hashOf } from "../tokens.ts";
import type { Ended } from "./ended.ts";
import type { Provider } from "./provider.ts";
import { asymmetric, checkTokenHead } from "./token-head.ts";

const event = "http://schemas.openid.net/event/backchannel-logout";
const maxAgeSeconds = 120;
const skewSeconds = 60;
/** Longer than any token counts: its name is remembered until then. */
const rememberMs = (maxAgeSeconds + 2 * skewSeconds) * 1_000;

interface LogoutParts {
  readonly providers: Iterable<Provider>;
  readonly records: Records;
  readonly now: () => number;
}

/**
 * Whose sign-ins a provider ends, from the body of its request (OpenID Connect Back-Channel Logout 1.0, 2.6). Rejects
 * whatever is not exactly as it must be, and what was said before.
 */
export async function readLogout(body: string, { providers, records, now }: LogoutParts): Promise<Ended> {
  const fields = new URLSearchParams(body).getAll("logout_token");
  const [token] = fields;
  if (token === undefined || fields.length !== 1) throw new TypeError("One logout token was expected.");
  checkTokenHead(token, "logout+jwt");
  const payload = await verify(token, providers, now());
  const { iss: issuer, sub: subject, jti, events, nonce } = payload;
  const { sid } = payload;
  if (!isPlainObject(events) || !isPlainObject(events[event]))
    throw new TypeError("The event of a logout was expected.");
  if (nonce !== undefined) throw new TypeError("No nonce was expected: an ID token ends nothing.");
  if (issuer === undefined || jti === undefined) throw new TypeError("An issuer and a name were expected.");
  const value = Buffer.alloc(0);
  const id = hashOf(`logout ${issuer} ${jti}`);
  if (!(await records.claim({ kind: "once", id, value, expiresAt: now() + rememberMs })))
    throw new TypeError("A logout token that was not used before was expected.");
  const session = typeof sid === "string" && sid !== "" ? sid : undefined;
  if (subject !== undefined && subject !== "") return { issuer, subject, sid: session };
  if (session === undefined) throw new TypeError("A subject or a session was expected.");
  return { issuer, sid: session };
}

/** Checks the token with the keys of the provider that it says it is from, and of no other. */
async function verify(token: string, providers: Iterable<Provider>, now: number): Promise<JWTPayload> {
  const said = decodeJwt(token);
  let failure = new TypeError("A provider of this app was expected.");
  for (const provider of providers) {
    const { clientId } = provider.settings;
    const isMeant = said.aud === clientId || (Array.isArray(said.aud) && said.aud.includes(clientId));
    if (!isMeant || !provider.mayBe(said.iss)) continue;
    // Two realms of one server have one origin: what one of them does not know, the other may.
    const known = await provider.keys(said.iss ?? "").catch((error: unknown) => {
      if (error instanceof Error) failure = error;
    });
    if (known === undefined) continue;
    const { issuer, keys } = known;
    const { payload } = await jwtVerify(token, createLocalJWKSet(keys), {
      issuer,
      audience: clientId,
      algorithms: [...asymmetric],
      maxTokenAge: maxAgeSeconds,
      clockTolerance: skewSeconds,
      currentDate: new Date(now),
      requiredClaims: ["iat", "exp", "jti"],
    });
    return payload;
  }
  throw failure;
}
