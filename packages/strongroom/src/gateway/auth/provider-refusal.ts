import type { Found } from "./find-provider.ts";
import { isUnfit } from "./unfit-answer.ts";

/** What a provider answers when somebody is to sign in anew, or never again (RFC 6749, 5.2; OpenID Connect Core, 3.1.2.6). */
const refusals: ReadonlySet<string> = new Set([
  "invalid_grant",
  "access_denied",
  "account_selection_required",
  "consent_required",
  "interaction_required",
  "login_required",
]);
const otherSubject = "OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED";

/** True where the provider refuses the person; false where it, or this app, has a fault that may pass. */
export function isRefusal(client: Found["client"], error: unknown): boolean {
  if (isUnfit(error)) return true;
  if (error instanceof client.ResponseBodyError) return refusals.has(error.error);
  // A token that it gave a moment ago, and does not take (RFC 6750, 3.1).
  if (error instanceof client.WWWAuthenticateChallengeError) return error.status === 401;
  if (!(error instanceof Error)) return false;
  if (error.cause instanceof Response && error.cause.status === 401) return true;
  return "code" in error && error.code === otherSubject;
}
