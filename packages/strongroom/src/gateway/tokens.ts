import { createHash, randomBytes } from "node:crypto";

const tokenGrammar = /^[A-Za-z0-9_-]{43}$/;

/** A name of 256 random bits that nobody can guess. */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

export function isToken(text: string | undefined): text is string {
  return text !== undefined && tokenGrammar.test(text);
}

/** What is kept of a token: enough to know it again, nothing to use it with. */
export function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}
