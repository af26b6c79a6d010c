import { randomBytes } from "node:crypto";
import { s } from "../../wire/s.ts";
import { decodeText, type Infer } from "../../wire/schema.ts";
import { cookieName, readCookie, writeCookie, type CookiePlace } from "../edge/cookies.ts";
import { ifReadable } from "../store/if-readable.ts";
import type { Records } from "../store/records.ts";
import { handoverSchema } from "./handovers.ts";
import { hashOf, isToken, newToken } from "../tokens.ts";

const name = "strongroom-sign-in";
const lifeSeconds = 600;
const secret = s.string({ minLength: 43, maxLength: 43 });
const transactionSchema = s.object({
  provider: s.string({ maxLength: 100 }),
  state: secret,
  nonce: secret,
  verifier: secret,
  /** In ms of the clock. */
  begunAt: s.number({ min: 0 }),
  /** The path of this app where the viewer goes on. */
  to: s.string({ maxLength: 10_000, pattern: /^\/(?![/\\])/ }),
  /** The frame for which the viewer of this window signs in. */
  handover: s.optional(handoverSchema),
});
export type Transaction = Infer<typeof transactionSchema>;

/** Sign-ins under way: each belongs to one browser, and is used once, soon. */
export class Transactions {
  readonly #records: Records;
  readonly #now: () => number;

  constructor(records: Records, now: () => number) {
    this.#records = records;
    this.#now = now;
  }

  async begin(
    given: Pick<Transaction, "provider" | "to" | "handover">,
    place: CookiePlace,
  ): Promise<{ readonly transaction: Transaction; readonly setCookie: string }> {
    const fresh = (): string => randomBytes(32).toString("base64url");
    const begunAt = this.#now();
    const transaction = { ...given, state: fresh(), nonce: fresh(), verifier: fresh(), begunAt };
    const id = newToken();
    await this.#records.put([
      {
        kind: "transaction",
        id: hashOf(id),
        value: Buffer.from(JSON.stringify(transaction)),
        expiresAt: begunAt + lifeSeconds * 1_000,
      },
    ]);
    return { transaction, setCookie: cookieLine(id, lifeSeconds, place) };
  }

  /** The transaction of the browser that sends these cookies; whoever asks, it is used up. */
  async take(cookies: string | undefined, place: CookiePlace): Promise<Transaction | undefined> {
    const id = readCookie(cookies, cookieName(name, place));
    if (!isToken(id)) return undefined;
    const value = await ifReadable(this.#records.take("transaction", hashOf(id)));
    const read = value && decodeText(transactionSchema, value.toString(), 20_000);
    return read?.ok === true ? read.value : undefined;
  }

  /** Takes the cookie away. */
  clear(place: CookiePlace): string {
    return cookieLine("", 0, place);
  }
}

/** `Lax`: the provider's page leads here, and `Strict` cookies stay at home then. */
function cookieLine(value: string, maxAgeSeconds: number, place: CookiePlace): string {
  const spec = { name: cookieName(name, place), sameSite: "Lax", httpOnly: true, maxAgeSeconds } as const;
  return writeCookie(spec, value, place);
}
