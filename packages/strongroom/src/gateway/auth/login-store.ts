import type { Logger } from "pino";
import type { LoginChanges, Records } from "../store/records.ts";
import {
  loginKinds,
  loginRecords,
  readLogin,
  readLogins,
  readTimes,
  readTokens,
  type Login,
  type LoginTimesKept,
} from "./login-row.ts";
import type { Tokens } from "./tokens.ts";

export interface LoginStoreOptions {
  readonly records: Records;
  readonly log: Pick<Logger, "error">;
  /** It ends then, whatever is done. */
  readonly lifeSeconds: number;
  /** False for providers by which nobody signs in any more: what they said once is worth nothing. All are known by default. */
  readonly isKnown?: (provider: string) => boolean;
}

/** What the store knows of sign-ins, whichever gateway made them. */
export class LoginStore {
  readonly #options: LoginStoreOptions;
  /** Ended here, and not yet in the store. */
  readonly #unremoved = new Set<string>();
  #removals = 0;

  constructor(options: LoginStoreOptions) {
    this.#options = options;
  }

  async all(): Promise<Map<string, Login>> {
    return new Map(
      [...(await readLogins(this.#options.records))].filter(([, login]) => this.#isKnown(login)),
    );
  }

  /** One of them; nothing where it has ended, be it here and only in memory yet. */
  async get(viewer: string): Promise<Login | undefined> {
    let login: Login | undefined;
    let removals: number;
    // What is removed while the store answers does not come back.
    do {
      removals = this.#removals;
      login = await readLogin(this.#options.records, viewer);
    } while (removals !== this.#removals);
    return login !== undefined && this.#isKnown(login) && !this.#unremoved.has(viewer) ? login : undefined;
  }

  changes(since: number): Promise<LoginChanges> {
    return this.#options.records.loginChanges(since);
  }

  viewers(): Promise<readonly string[]> {
    return this.#options.records.ids("login");
  }

  timesOf(viewer: string): Promise<LoginTimesKept | undefined> {
    return readTimes(this.#options.records, viewer);
  }

  tokensOf(viewer: string): Promise<Tokens | undefined> {
    return readTokens(this.#options.records, viewer);
  }

  async add(viewer: string, login: Login, tokens: Tokens): Promise<void> {
    const { records, lifeSeconds } = this.#options;
    await records.put(loginRecords(viewer, login, { lifeSeconds, parts: ["login", "seen"], tokens }));
  }

  /** Writes down one part of a sign-in that goes on; false where the store has none any more. */
  write(viewer: string, login: Login, what: "login" | "seen" | Tokens): Promise<boolean> {
    const { records, lifeSeconds } = this.#options;
    const given = typeof what === "string" ? { parts: [what] } : { parts: [], tokens: what };
    return records.replace(loginRecords(viewer, login, { lifeSeconds, ...given }));
  }

  /** Removes them, and what could not be removed before. */
  async remove(viewers: readonly string[]): Promise<void> {
    for (const viewer of viewers) this.#unremoved.add(viewer);
    if (this.#unremoved.size === 0) return;
    const all = [...this.#unremoved];
    try {
      await this.#options.records.delete(loginKinds, all);
      for (const viewer of all) this.#unremoved.delete(viewer);
      this.#removals++;
    } catch (error) {
      this.told(error);
    }
  }

  async removeExpired(): Promise<void> {
    await this.#options.records.deleteExpired().catch((error: unknown) => this.told(error));
  }

  /** Says that the store did not answer. */
  told(error: unknown): void {
    const why = error instanceof Error ? error.message : "unknown error";
    this.#options.log.error({ code: "ERR_STORE" }, `The store of sign-ins did not answer: ${why}`);
  }

  #isKnown({ identity }: Login): boolean {
    return this.#options.isKnown?.(identity.provider) ?? true;
  }
}
