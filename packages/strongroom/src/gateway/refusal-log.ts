import type { Logger } from "pino";
import { noAudit, type Audit } from "./audit/audit.ts";
import { Tally } from "./tally.ts";
import { TokenBucket } from "./token-bucket.ts";

/** What was refused: never what the request held. */
export interface Refusal {
  readonly why: string;
  /** The client's address. */
  readonly from: string | undefined;
  /** The client's port: nothing to write down. */
  readonly port: number | undefined;
  readonly status?: number;
  readonly method?: string | undefined;
}

const linesPerSecond = 5;
const burst = 50;

/** Writes down what was refused, and for a flood of it only how much: whoever fills our disk would win by it. */
export class RefusalLog {
  readonly #log: Pick<Logger, "info">;
  readonly #now: () => number;
  readonly #audit: Audit;
  readonly #bucket: TokenBucket;
  readonly tally = new Tally();
  /** Ports of the server itself, which attacks itself: no stranger was refused. */
  readonly ownPorts = new Set<number>();
  #unsaid = 0;

  constructor(log: Pick<Logger, "info">, now: () => number, audit: Audit = noAudit) {
    this.#log = log;
    this.#audit = audit;
    this.#now = now;
    this.#bucket = new TokenBucket(linesPerSecond, burst, now());
  }

  add({ port, ...refusal }: Refusal): void {
    if (port !== undefined && this.ownPorts.has(port)) return;
    this.tally.add(refusal.status === undefined ? "socket" : String(refusal.status));
    const { status, method, why, from } = refusal;
    const detail = [status, method, why].filter((part) => part !== undefined).join(" ");
    this.#audit.note({ kind: "refused", address: from, detail });
    if (!this.#bucket.take(this.#now())) {
      this.#unsaid++;
      return;
    }
    const more = this.#unsaid === 0 ? {} : { unsaid: this.#unsaid };
    this.#unsaid = 0;
    this.#log.info({ event: "refused", ...refusal, ...more }, "refused");
  }
}
