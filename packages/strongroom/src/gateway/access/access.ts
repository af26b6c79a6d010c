import type { AccessRule } from "../../wire/access-rule.ts";
import type { Identity } from "../auth/identity.ts";
import type { PageLink } from "../supervise/pool-types.ts";
import { may, usualClaims, type ClaimNames, type May } from "./may.ts";

/** What operators say of who may come. */
export interface AccessSettings {
  /** Who may open the app. */
  readonly allow: AccessRule;
  /** Who of those may open a page, by its path; what authors say of it in `st.page` must fit as well. */
  readonly pages: Readonly<Record<string, AccessRule>>;
  readonly claims: ClaimNames;
  /** Whom to ask. */
  readonly contact: string | undefined;
}

export const openToAll: AccessSettings = {
  allow: "anyone",
  pages: {},
  claims: usualClaims,
  contact: undefined,
};

export interface AccessOptions {
  /** Until they change. */
  readonly settings: AccessSettings;
  /** The app's pages, of the version in force. */
  readonly pool: { readonly pages: readonly PageLink[] };
  /** Who a viewer is now. */
  readonly identify: (viewer: string) => Identity | undefined;
}

/** Decides who may see what, as it stands at the moment of asking: nothing is kept that could be out of date. */
export class Access {
  readonly #options: AccessOptions;
  #settings: AccessSettings;

  constructor(options: AccessOptions) {
    this.#options = options;
    this.#settings = options.settings;
  }

  /** Counts for whoever asks from now on; what is open already is its owner's to judge anew. */
  change(settings: AccessSettings): void {
    this.#settings = settings;
  }

  /** Whom to ask for access. */
  get contact(): string | undefined {
    return this.#settings.contact;
  }

  /** Pages that rules speak of and that there are none of: whatever page was meant is kept from nobody by them. */
  strayRules(): readonly string[] {
    const { pages } = this.#options.pool;
    if (pages.length === 0) return []; // nothing is known yet
    return Object.keys(this.#settings.pages).filter((path) => !pages.some((page) => page.path === path));
  }

  identityOf(viewer: string): Identity | undefined {
    return this.#options.identify(viewer);
  }

  /** May somebody be in the app at all? */
  enter(identity: Identity | undefined): May {
    const { allow, claims } = this.#settings;
    return may(allow, identity, claims);
  }

  /** May the viewer see a page? What is no page leads to the first, and is judged as that. */
  see(viewer: string, path: string): May {
    const { pages } = this.#options.pool;
    const identity = this.identityOf(viewer);
    const link = pages.find((page) => page.path === path) ?? pages.find((page) => page.path === "");
    return this.#judge(link ?? { path }, identity);
  }

  /** The paths of the pages that the viewer may see: no others are told of. */
  pagesOf(viewer: string): readonly string[] {
    const identity = this.identityOf(viewer);
    const { pages } = this.#options.pool;
    return pages.filter((page) => this.#judge(page, identity).ok).map(({ path }) => path);
  }

  /** All rules that speak of a page must fit: none widens another. */
  #judge({ path, allow }: Pick<PageLink, "path" | "allow">, identity: Identity | undefined): May {
    const { pages, claims } = this.#settings;
    const entered = this.enter(identity);
    if (!entered.ok) return entered;
    const configured = Object.hasOwn(pages, path) ? pages[path] : undefined;
    for (const rule of [configured, allow]) {
      const judged = rule === undefined ? entered : may(rule, identity, claims);
      if (!judged.ok) return judged;
    }
    return entered;
  }
}
