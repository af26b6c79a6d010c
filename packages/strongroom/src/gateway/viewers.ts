import { Tally } from "./tally.ts";
import { TokenBucket } from "./token-bucket.ts";

/** What one viewer may do at a time, and all of them together. */
export interface ViewerLimits {
  readonly sockets: number;
  readonly socketsPerViewer: number;
  readonly sessions: number;
  readonly sessionsPerViewer: number;
  readonly newSessionsPerSecond: number;
  readonly eventsPerSecond: number;
}

type Counted = "sockets" | "sessions";
/** Why there is no room, and when to ask again. */
export type Refused = { readonly why: "full" | "yours" | "too-fast"; readonly retryAfterSeconds: number };

interface Use {
  sockets: number;
  sessions: number;
  readonly events: TokenBucket;
}

const burstSeconds = 4;
const maxAddresses = 20_000;

/** Counts what viewers hold and do. */
export class Viewers {
  readonly #limits: ViewerLimits;
  readonly #now: () => number;
  readonly #uses = new Map<string, Use>();
  readonly #addresses = new Map<string, TokenBucket>();
  readonly #newSessions: TokenBucket;
  readonly acts = new Tally();
  readonly #inAll = { sockets: 0, sessions: 0 };

  constructor(limits: ViewerLimits, now: () => number) {
    this.#limits = limits;
    this.#now = now;
    this.#newSessions = this.#bucket(limits.newSessionsPerSecond);
  }

  get counts(): Readonly<Record<Counted, number>> {
    return this.#inAll;
  }

  /** Takes room for one more, or says why not. */
  enter(viewer: string, what: Counted): Refused | undefined {
    const perViewer = what === "sockets" ? this.#limits.socketsPerViewer : this.#limits.sessionsPerViewer;
    if (this.#inAll[what] >= this.#limits[what]) return { why: "full", retryAfterSeconds: 30 };
    const use = this.#useOf(viewer);
    if (use[what] >= perViewer) return { why: "yours", retryAfterSeconds: 15 };
    use[what]++;
    this.#inAll[what]++;
    return undefined;
  }

  /** The viewer has a page open. */
  readonly isHere = (viewer: string): boolean => (this.#uses.get(viewer)?.sockets ?? 0) > 0;

  leave(viewer: string, what: Counted): void {
    const use = this.#uses.get(viewer);
    if (use === undefined || use[what] === 0) return;
    use[what]--;
    this.#inAll[what]--;
  }

  /** May somebody at this address begin a new session now? No address gets more than half of what all get. */
  begin(address: string): Refused | undefined {
    const isLetIn = this.mayAsk(address) && this.#newSessions.take(this.#now());
    return isLetIn ? undefined : { why: "too-fast", retryAfterSeconds: 2 };
  }

  /** May somebody at this address ask for something dear now, whatever others ask for? */
  mayAsk(address: string): boolean {
    const place = networkOf(address);
    let bucket = this.#addresses.get(place);
    if (bucket === undefined) {
      if (this.#addresses.size >= maxAddresses) this.#addresses.clear();
      this.#addresses.set(place, (bucket = this.#bucket(this.#limits.newSessionsPerSecond / 2)));
    }
    return bucket.take(this.#now());
  }

  /** May the viewer's events, on all sockets together, go on at this rate? */
  mayAct(viewer: string, cost: number): boolean {
    const isTaken = this.#useOf(viewer).events.take(this.#now(), cost);
    this.acts.add(isTaken ? "taken" : "too-fast");
    return isTaken;
  }

  /** Forgets who holds nothing and has done nothing for a while. */
  sweep(): void {
    const now = this.#now();
    for (const [viewer, use] of this.#uses) {
      if (use.sockets === 0 && use.sessions === 0 && use.events.isFull(now)) this.#uses.delete(viewer);
    }
    for (const [address, bucket] of this.#addresses) if (bucket.isFull(now)) this.#addresses.delete(address);
  }

  #useOf(viewer: string): Use {
    let use = this.#uses.get(viewer);
    if (use === undefined) {
      use = { sockets: 0, sessions: 0, events: this.#bucket(this.#limits.eventsPerSecond) };
      this.#uses.set(viewer, use);
    }
    return use;
  }

  #bucket(perSecond: number): TokenBucket {
    return new TokenBucket(perSecond, Math.max(1, perSecond * burstSeconds), this.#now());
  }
}

/** Who has one IPv6 address mostly has its whole /64. */
export function networkOf(address: string): string {
  if (!address.includes(":") || address.includes(".")) return address;
  const [head = "", tail] = address.split("::");
  const groups = head === "" ? [] : head.split(":");
  const rest = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - groups.length - rest.length);
  return [...groups, ...Array<string>(zeros).fill("0"), ...rest].slice(0, 4).join(":");
}
