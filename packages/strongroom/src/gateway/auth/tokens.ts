import { s } from "../../wire/s.ts";
import type { Infer } from "../../wire/schema.ts";

const token = s.string({ minLength: 1, maxLength: 32_000 });

/** What a provider gives with a sign-in. */
export const tokensSchema = s.object({
  /** Shown to the provider at the end, so that it knows whom to sign out. */
  idToken: token,
  accessToken: s.optional(token),
  refreshToken: s.optional(token),
  /** When the access token ends, in ms of the clock. */
  expiresAt: s.optional(s.number({ min: 0 })),
  /** The session at the provider, where it names one. */
  sid: s.optional(s.string({ minLength: 1, maxLength: 2_000 })),
  /** The claims that its userinfo told at the sign-in: what it does not tell any more has gone. */
  told: s.optional(s.array(s.string({ maxLength: 300 }), { max: 500 })),
});
export type Tokens = Infer<typeof tokensSchema>;
