import { decodeProtectedHeader } from "jose";
import { UnfitAnswer } from "./unfit-answer.ts";

/** Algorithms with a key pair: nobody who can check such a token can make one (RFC 8725, 3.1). */
export const asymmetric: readonly string[] = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
  "Ed25519",
];

const maxTokenChars = 16_384;

/** Refuses a token for what stands in its head: the algorithm is ours to choose, and nothing in it names a key or a rule. */
export function checkTokenHead(token: string, type?: string): void {
  if (token.length > maxTokenChars)
    throw new UnfitAnswer(`A token of at most ${maxTokenChars} characters was expected.`);
  const head = decodeProtectedHeader(token);
  if (!asymmetric.includes(head.alg ?? ""))
    throw new TypeError("A token signed with a key pair was expected.");
  if (head.crit !== undefined || "zip" in head || "enc" in head)
    throw new TypeError("A plain signed token was expected.");
  if (type !== undefined && head.typ?.toLowerCase().replace(/^application\//, "") !== type)
    throw new TypeError(`A token of the type ${type} was expected.`);
}
