import { TokenBucket } from "./token-bucket.ts";
import { networkOf } from "./viewers.ts";

const burstSeconds = 4;
const maxNetworks = 20_000;

/** How often one network may ask for anything at all: whoever asks without end is answered shortly, and for almost nothing. */
export class AddressRates {
  readonly #perSecond: number;
  readonly #now: () => number;
  readonly #networks = new Map<string, TokenBucket>();

  constructor(perSecond: number, now: () => number) {
    this.#perSecond = perSecond;
    this.#now = now;
  }

  /** May one more request from this address be looked at? */
  take(address: string): boolean {
    const now = this.#now();
    const network = networkOf(address);
    let bucket = this.#networks.get(network);
    if (bucket === undefined) {
      if (this.#networks.size >= maxNetworks) this.#sweep(now);
      bucket = new TokenBucket(this.#perSecond, this.#perSecond * burstSeconds, now);
      this.#networks.set(network, bucket);
    }
    return bucket.take(now);
  }

  /** Forgets who has not asked for a while; if all have, all. */
  #sweep(now: number): void {
    for (const [network, bucket] of this.#networks) if (bucket.isFull(now)) this.#networks.delete(network);
    if (this.#networks.size >= maxNetworks) this.#networks.clear();
  }
}
