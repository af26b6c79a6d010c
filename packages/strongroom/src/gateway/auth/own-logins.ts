import { hashOf } from "../tokens.ts";
import type { Login } from "./login-row.ts";
import type { Logins } from "./logins.ts";

/** A sign-in as its owner may see it. */
export interface OwnLogin {
  /** Names it to its owner; opens nothing. */
  readonly id: string;
  readonly device: string | undefined;
  readonly signedInAt: number;
  readonly seenAt: number;
  readonly isThis: boolean;
}

/** All sign-ins of the viewer's person, the newest first. */
export function ownLogins(logins: Logins, viewer: string): readonly OwnLogin[] {
  return own(logins, viewer)
    .map(([each, { identity, seenAt, device }]) => ({
      id: nameOf(each),
      device,
      signedInAt: identity.signedInAt,
      seenAt,
      isThis: each === viewer,
    }))
    .toSorted((a, b) => b.signedInAt - a.signedInAt);
}

/** Ends one sign-in of the viewer's own person, or all but this one; answers how many there were. */
export async function endOwnLogins(
  logins: Logins,
  viewer: string,
  which: { readonly id: string } | "others",
): Promise<number> {
  const person = logins.find(viewer);
  if (which === "others") {
    if (person === undefined) return 0;
    const { issuer, subject } = person;
    return (await logins.end({ issuer, subject, except: viewer })).length;
  }
  const meant = own(logins, viewer).filter(([each]) => nameOf(each) === which.id);
  await Promise.all(meant.map(([each]) => logins.end({ viewer: each })));
  return meant.length;
}

/** A person is the issuer and the subject together. */
function own(logins: Logins, viewer: string): (readonly [string, Login])[] {
  const person = logins.find(viewer);
  if (person === undefined) return [];
  return [...logins.all()].filter(
    ([, { identity }]) => identity.issuer === person.issuer && identity.subject === person.subject,
  );
}

/** What a sign-in is called to people: opens nothing. */
export function nameOf(viewer: string): string {
  return hashOf(`own login ${viewer}`);
}
