import { createHash, generateKeyPairSync, timingSafeEqual, type JsonWebKey } from "node:crypto";
import { SignJWT } from "jose";
import type { Json } from "../../../wire/schema.ts";
import { newToken } from "../../tokens.ts";

/** What a code stands for: who has said who they are, and to which attempt that belongs. */
export interface Grant {
  readonly claims: Readonly<Record<string, Json>>;
  readonly nonce: string;
  readonly challenge: string;
}

const codeMs = 60_000;
const maxCodes = 100;
const tokenSeconds = 7 * 86_400;

/** Codes that serve once, soon, and tokens signed with a key that nobody has had before. */
export class Grants {
  readonly #issuer: string;
  readonly #clientId: string;
  readonly #pair = generateKeyPairSync("ec", { namedCurve: "P-256" });
  readonly #codes = new Map<string, Grant & { readonly endsAt: number }>();

  constructor(issuer: string, clientId: string) {
    this.#issuer = issuer;
    this.#clientId = clientId;
  }

  /** The public half of the key. */
  get keys(): readonly JsonWebKey[] {
    return [
      { ...this.#pair.publicKey.export({ format: "jwk" }), kid: "development", alg: "ES256", use: "sig" },
    ];
  }

  /** A code for what was granted. */
  issue(grant: Grant): string {
    const [oldest] = this.#codes.keys();
    if (oldest !== undefined && this.#codes.size >= maxCodes) this.#codes.delete(oldest);
    const code = newToken();
    this.#codes.set(code, { ...grant, endsAt: Date.now() + codeMs });
    return code;
  }

  /** The tokens for a code and the verifier of its attempt; nothing where they do not belong together. The code is used up. */
  async redeem(code: string, verifier: string): Promise<Readonly<Record<string, unknown>> | undefined> {
    const grant = this.#codes.get(code);
    this.#codes.delete(code);
    if (grant === undefined || grant.endsAt < Date.now()) return undefined;
    const challenge = createHash("sha256").update(verifier).digest("base64url");
    if (!isSame(challenge, grant.challenge)) return undefined;
    const { claims, nonce } = grant;
    return {
      access_token: await this.#sign(claims, "at+jwt"),
      id_token: await this.#sign({ ...claims, nonce }, "JWT"),
      token_type: "Bearer",
      expires_in: tokenSeconds,
    };
  }

  #sign(claims: Readonly<Record<string, Json>>, typ: string): Promise<string> {
    return new SignJWT(claims)
      .setProtectedHeader({ alg: "ES256", kid: "development", typ })
      .setIssuer(this.#issuer)
      .setAudience(this.#clientId)
      .setIssuedAt()
      .setExpirationTime(`${tokenSeconds}s`)
      .sign(this.#pair.privateKey);
  }
}

/** Compares what an asker sent with what is secret, in a time that says nothing of where they differ. */
export function isSame(given: string, known: string): boolean {
  const [a, b] = [given, known].map((text) => createHash("sha256").update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}
