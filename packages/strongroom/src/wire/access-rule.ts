/** Rules of who may see something: written by operators and authors, checked by compiler and configuration, judged by the gateway. */
import { s } from "./s.ts";
import type { Schema } from "./schema.ts";

/** Everybody; everybody who has signed in; or whoever fits one of a list: "*@company.com", "alice@x.com", "group:finance", "role:admin". */
export type AccessRule = "anyone" | "signed-in" | readonly string[];

/** An address in the one form that we read: a dot-atom, `@`, a domain of ASCII labels (RFC 5321, 4.1.2, without quotes and literals). */
export interface Address {
  readonly local: string;
  readonly domain: string;
}

const atom = "[a-z0-9!#$%&'*+/=?^_`{|}~-]+";
const label = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const address = new RegExp(`^(${atom}(?:\\.${atom})*)@(${label}(?:\\.${label})*)$`, "i");
const maxLocalChars = 64;
const maxAddressChars = 254;
// Nothing that cannot be seen: two names that look the same would be two groups.
const named = /^(group|role):([^\p{C}\p{Z}](?:[^\p{C}\p{Zl}\p{Zp}]{0,198}[^\p{C}\p{Z}])?)$/u;

/** What completes "expected …" where a rule of a list does not fit. */
export const expectedRule = '"*@company.com", "alice@company.com", "group:finance" or "role:admin"';

/** Reads an e-mail address; nothing for any other text. Letters come small: it holds ASCII only. */
export function readAddress(text: string): Address | undefined {
  if (text.length > maxAddressChars) return undefined;
  const [, local = "", domain = ""] = address.exec(text) ?? [];
  if (local === "" || local.length > maxLocalChars) return undefined;
  return { local: local.toLowerCase(), domain: domain.toLowerCase() };
}

/** One rule of a list, read. */
export type Clause =
  | { readonly kind: "domain"; readonly domain: string }
  | { readonly kind: "address"; readonly address: Address }
  | { readonly kind: "group" | "role"; readonly name: string };

/** Reads one rule of a list; nothing for any other text. */
export function readClause(text: string): Clause | undefined {
  const [, kind, name = ""] = named.exec(text) ?? [];
  if (kind === "group" || kind === "role") return { kind, name };
  const read = readAddress(text);
  if (read === undefined) return undefined;
  if (read.local === "*") return { kind: "domain", domain: read.domain };
  return read.local.includes("*") ? undefined : { kind: "address", address: read };
}

/** A rule as it crosses between processes. Each of a list is read again where it is judged. */
export const accessRuleSchema: Schema<AccessRule> = s.union(
  s.literal("anyone"),
  s.literal("signed-in"),
  s.array(s.string({ minLength: 1, maxLength: 300 }), { max: 100 }),
);
