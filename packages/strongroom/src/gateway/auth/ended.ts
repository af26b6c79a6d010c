import type { Login } from "./login-row.ts";

/** Whose sign-ins end: one viewer's, one person's, or those of one session at the provider. */
export type Ended =
  | { readonly viewer: string }
  | { readonly issuer: string; readonly subject: string; readonly sid?: string | undefined }
  | { readonly issuer: string; readonly sid: string };

/** Is a sign-in one of those that end? */
export function isMeant(viewer: string, { identity, sid }: Login, ended: Ended): boolean {
  if ("viewer" in ended) return viewer === ended.viewer;
  if (identity.issuer !== ended.issuer) return false;
  if (!("subject" in ended)) return sid === ended.sid;
  if (identity.subject !== ended.subject) return false;
  // Where the provider named no session at the sign-in, it may be the one.
  return ended.sid === undefined || sid === undefined || sid === ended.sid;
}
