import { hashOf, isToken, newToken } from "./tokens.ts";

interface Ticket {
  readonly viewer: string;
  readonly expiresAt: number;
}

const maxTickets = 50_000;

/** Tickets that each open one socket, once, soon, for one viewer: a page of somebody else has none. */
export class Tickets {
  readonly #lifeMs: number;
  readonly #now: () => number;
  /** By the hash of the ticket, the oldest first. */
  readonly #open = new Map<string, Ticket>();

  constructor(lifeSeconds: number, now: () => number) {
    this.#lifeMs = lifeSeconds * 1_000;
    this.#now = now;
  }

  issue(viewer: string): string {
    this.#sweep();
    const ticket = newToken();
    this.#open.set(hashOf(ticket), { viewer, expiresAt: this.#now() + this.#lifeMs });
    return ticket;
  }

  /** Uses a ticket up, whoever shows it; true only for its own viewer and in time. */
  redeem(ticket: string | undefined, viewer: string): boolean {
    if (!isToken(ticket)) return false;
    const name = hashOf(ticket);
    const found = this.#open.get(name);
    this.#open.delete(name);
    return found !== undefined && found.viewer === viewer && found.expiresAt > this.#now();
  }

  /** All tickets live equally long: those that have expired come first. */
  #sweep(): void {
    const now = this.#now();
    for (const [name, { expiresAt }] of this.#open) {
      if (expiresAt > now && this.#open.size < maxTickets) return;
      this.#open.delete(name);
    }
  }
}
