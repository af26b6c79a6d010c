import { s } from "../wire/s.ts";
import { decodeText } from "../wire/schema.ts";
import { storeSchema, type Store, type StoreDump } from "./store.ts";

const prefix = "strongroom:";
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

  constructor(shelf: Shelf | undefined, session: string) {
    this.#shelf = shelf;
    this.#key = `${prefix}${session}`;
  }

  /** What an earlier load of this page left. Drafts of a session that has expired go over to the one that took its place. */
  load(page: string): StoreDump | undefined {
    const own = this.#read(this.#key);
    const heir = own ?? this.#read(`${prefix}heir`);
    for (const key of this.#keys()) if (key !== this.#key) this.#shelf?.removeItem(key);
    if (own !== undefined) return own.store;
    return heir?.page === page ? { drafts: heir.store.drafts, outbox: { next: 1, kept: [] } } : undefined;
  }

  save(store: Store, key: string = this.#key): void {
    try {
      this.#shelf?.setItem(key, JSON.stringify({ page: store.place.get().page, store: store.dump() }));
    } catch {
      // Full or forbidden: what is typed is in the page all the same, and only a refresh would lose it.
    }
  }

  /** Leaves the drafts to the session that the next load begins. */
  bequeath(store: Store): void {
    this.save(store, `${prefix}heir`);
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
