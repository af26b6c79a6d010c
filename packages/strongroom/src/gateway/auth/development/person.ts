import { readAddress } from "../../../wire/access-rule.ts";
import type { Json } from "../../../wire/schema.ts";
import type { ClaimNames } from "../../access/may.ts";

/** Somebody whom an author plays. */
export interface Person {
  readonly email: string;
  readonly name?: string;
  readonly groups: readonly string[];
  readonly roles: readonly string[];
}

const maxChars = 200;
const maxNames = 100;

/** Names that stand in one text, between commas. */
export function namesOf(text: string | undefined | null): readonly string[] {
  return (text ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean);
}

/** Who stands in the fields of a form; nothing where they name nobody. */
export function readPerson(fields: URLSearchParams): Person | undefined {
  const email = (fields.get("email") ?? "").trim();
  const name = (fields.get("name") ?? "").trim();
  const [groups, roles] = [namesOf(fields.get("groups")), namesOf(fields.get("roles"))];
  const isShort = [name, ...groups, ...roles].every((text) => text.length <= maxChars);
  const isFew = groups.length <= maxNames && roles.length <= maxNames;
  if (readAddress(email) === undefined || !isShort || !isFew) return undefined;
  return { email, ...(name === "" ? {} : { name }), groups, roles };
}

/** What a provider would say of a person. */
export function claimsOf({ email, name, groups, roles }: Person, names: ClaimNames): Record<string, Json> {
  return {
    sub: email,
    email,
    email_verified: true,
    name: name ?? email.split("@")[0] ?? email,
    [names.groups]: [...groups],
    [names.roles]: [...roles],
  };
}
