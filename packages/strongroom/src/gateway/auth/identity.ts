import { s } from "../../wire/s.ts";
import type { Json, Schema } from "../../wire/schema.ts";

/** Who has signed in, as the provider said it. A person is the issuer and the subject together, never an e-mail address. */
export interface Identity {
  readonly issuer: string;
  readonly subject: string;
  /** The provider's name in `[auth]`: "default", or that of its section. */
  readonly provider: string;
  readonly claims: Readonly<Record<string, Json>>;
  /** In ms of the clock. */
  readonly signedInAt: number;
}

const name = s.string({ minLength: 1, maxLength: 2_000 });

/** An identity as the store keeps it. */
export const identitySchema: Schema<Identity> = s.object({
  issuer: name,
  subject: name,
  provider: s.string({ minLength: 1, maxLength: 100 }),
  claims: s.record(s.json({ maxDepth: 10, maxNodes: 5_000 }), { maxKeys: 500, maxKeyLength: 300 }),
  signedInAt: s.number({ min: 0 }),
});
