import { s } from "../wire/s.ts";
import { decodeText } from "../wire/schema.ts";
import { storeSchema, type Store, type StoreDump } from "./store.ts";

const prefix = "strongroom:";
/** Under it a session that is over leaves its drafts. */
const heirKey = `${prefix}heir`;
const maxChars = 2_000_000;
const saveMs = 150;
const keptSchema = s.object({ page: s.string({ maxLength: 400 }), store: storeSchema });

/** The part of `sessionStorage` that is used here. */
export interface Shelf {
  readonly length: number;
  key(index: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** Keeps what was typed and is not safe on the server, in this tab, until the session is over. */
export class Keeper {
  readonly #shelf: Shelf | undefined;
  readonly #key: string;
  #isOver = false;

  constructor(shelf: Shelf | undefined, session: string) {
    this.#shelf = shelf;
    this.#key = `${prefix}${session}`;
  }

  /**
   * What an earlier load of this page left. Where this load is another session (the earlier one has expired, or a phone
   * did not say that it refreshes), it takes the drafts over.
   */
  load(page: string, isReload: boolean): StoreDump | undefined {
    const own = this.#read(this.#key);
    const others = this.#keys().filter((key) => key !== this.#key);
    const heirs = others.filter((key) => isReload || key === heirKey).map((key) => this.#read(key));
    for (const key of others) this.#shelf?.removeItem(key);
    if (own !== undefined) return own.store;
    const heir = heirs.find((kept) => kept?.page === page);
    return heir === undefined ? undefined : { drafts: heir.store.drafts, outbox: { next: 1, kept: [] } };
  }

  save(store: Store, key: string = this.#key): void {
    if (this.#isOver) return;
    try {
      this.#shelf?.setItem(key, JSON.stringify({ page: store.place.get().page, store: store.dump() }));
    } catch {
      // Full or forbidden: what is typed is in the page all the same, and only a refresh would lose it.
    }
  }

  /** Leaves nothing to anybody. */
  forget(): void {
    for (const key of this.#keys()) this.#shelf?.removeItem(key);
    this.#isOver = true;
  }

  /** Leaves the drafts to the session that the next load begins. */
  bequeath(store: Store): void {
    this.save(store, heirKey);
    this.#shelf?.removeItem(this.#key);
  }

  /** Saves soon after each change, once for many. */
  follow(store: Store): void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    store.onChange = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        this.save(store);
      }, saveMs);
    };
  }

  #read(key: string): { readonly page: string; readonly store: StoreDump } | undefined {
    const text = this.#shelf?.getItem(key) ?? null;
    if (text === null) return undefined;
    const decoded = decodeText(keptSchema, text, maxChars);
    return decoded.ok ? decoded.value : undefined;
  }

  #keys(): readonly string[] {
    const shelf = this.#shelf;
    if (shelf === undefined) return [];
    const keys = Array.from({ length: shelf.length }, (_, index) => shelf.key(index) ?? "");
    return keys.filter((key) => key.startsWith(prefix));
  }
}
