import { Access, openToAll } from "../gateway/access/access.ts";
import type { May } from "../gateway/access/may.ts";
import { userOf } from "../gateway/auth/user.ts";
import { expectedRule, readClause, type AccessRule } from "../wire/access-rule.ts";
import type { Json } from "../wire/schema.ts";
import type { User } from "../wire/worker-setup.ts";

/** Claims of somebody who has signed in, by name, as their provider would say them. */
export type TestUser = Readonly<Record<string, Json>>;

/** Who may open the app and its pages, as `[access]` and `st.page` say it. */
export interface TestAccess {
  /** Who may open the app. Default: anyone. */
  readonly allow?: AccessRule;
  /** Who of those may open a page, by its path. */
  readonly pages?: Readonly<Record<string, AccessRule>>;
  /** The claim that lists a person's groups. Default `"groups"`. */
  readonly groupsClaim?: string;
  /** The claim that lists a person's roles. Default `"roles"`. */
  readonly rolesClaim?: string;
}

/** Why nobody of these claims sees a page: they are to sign in, or who they are is not enough. */
export type Refusal = (May & { ok: false })["reason"];

/** Judges as a server does: by the very rules, of the very claims. */
export class PageAccess {
  readonly user: User;
  readonly #access: Access;

  constructor(
    given: { readonly user?: TestUser | undefined; readonly access?: TestAccess | undefined },
    pages: readonly { readonly path: string; readonly title: string; readonly icon: string }[],
  ) {
    const { allow = "anyone", pages: rules = {}, groupsClaim, rolesClaim } = given.access ?? {};
    for (const rule of [allow, ...Object.values(rules)]) checkRule(rule);
    const identity = given.user && {
      issuer: "strongroom/testing",
      subject: "test",
      provider: "test",
      claims: { email_verified: "email" in given.user, ...given.user },
      signedInAt: 0,
    };
    this.user = userOf(identity);
    const claims = { groups: groupsClaim ?? "groups", roles: rolesClaim ?? "roles" };
    const settings = { ...openToAll, allow, pages: rules, claims };
    this.#access = new Access({ settings, pool: { pages }, identify: () => identity });
  }

  refusalOf(page: string): Refusal | undefined {
    const judged = this.#access.see("", page);
    return judged.ok ? undefined : judged.reason;
  }

  /** The pages that are there for them: of no others they hear. */
  open<P extends { readonly path: string }>(pages: readonly P[]): readonly P[] {
    const open = new Set(this.#access.pagesOf(""));
    return pages.filter(({ path }) => open.has(path));
  }
}

/** What a server would not start with is no rule to test by. */
function checkRule(rule: AccessRule): void {
  if (typeof rule === "string" || rule.every((text) => readClause(text) !== undefined)) return;
  throw new RangeError(
    `A rule of access was expected to be "anyone", "signed-in" or a list of ${expectedRule}.`,
  );
}
