import type { Engine, EngineSession } from "./engine.ts";
import { Places } from "./places.ts";

export interface PoolPlan {
  readonly size: number;
  /** Changes when connections that are open should not be used any longer: certificates were rotated. */
  readonly stamp: () => string;
  /** How long a connection may wait for work, in ms. Default 30,000. */
  readonly idleMs?: number;
}

interface Idle {
  readonly session: EngineSession;
  readonly stamp: string;
  readonly since: number;
}

/** The open connections of one database: as many as are in use, never more than `size`. */
export class SessionPool {
  readonly #engine: Engine;
  readonly #plan: PoolPlan;
  readonly #places: Places;
  readonly #stamps = new WeakMap<EngineSession, string>();
  readonly #spent = new WeakSet<EngineSession>();
  #idle: Idle[] = [];
  readonly #timer: NodeJS.Timeout;
  #isOpen = true;

  constructor(engine: Engine, plan: PoolPlan) {
    this.#engine = engine;
    this.#plan = plan;
    this.#places = new Places(plan.size);
    this.#timer = setInterval(() => this.#closeIdle(), this.#idleMs / 2).unref();
  }

  get #idleMs(): number {
    return this.#plan.idleMs ?? 30_000;
  }

  /** A connection for the caller alone, until it is given back. */
  async take(signal: AbortSignal): Promise<EngineSession> {
    await this.#places.take(signal);
    const stamp = this.#plan.stamp();
    for (let last = this.#idle.pop(); last !== undefined; last = this.#idle.pop()) {
      if (last.session.isUsable && last.stamp === stamp) return last.session;
      void last.session.close();
    }
    const opening = this.#open(stamp);
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        reject(signal.reason as Error);
        // It is opened for nobody, and kept for whoever comes next.
        opening.then(
          (session) => this.give(session),
          () => {},
        );
      };
      signal.addEventListener("abort", leave, { once: true });
      opening.then(resolve, reject).finally(() => signal.removeEventListener("abort", leave));
    });
  }

  async #open(stamp: string): Promise<EngineSession> {
    try {
      const session = await this.#engine.open();
      this.#stamps.set(session, stamp);
      return session;
    } catch (error) {
      this.#places.give();
      throw error;
    }
  }

  /** Nobody else uses this connection after who has it now. */
  spend(session: EngineSession): void {
    this.#spent.add(session);
  }

  /** Takes a connection back. One that cannot be used again is closed. */
  give(session: EngineSession): void {
    if (session.isUsable && this.#isOpen && !this.#spent.has(session))
      this.#idle.push({ session, stamp: this.#stamps.get(session) ?? "", since: performance.now() });
    else void session.close();
    this.#places.give();
  }

  async close(): Promise<void> {
    this.#isOpen = false;
    clearInterval(this.#timer);
    await Promise.all(this.#idle.splice(0).map(async ({ session }) => session.close()));
    await this.#engine.close();
  }

  #closeIdle(): void {
    const before = performance.now() - this.#idleMs;
    const stays = ({ session, since }: Idle): boolean => session.isUsable && since > before;
    for (const idle of this.#idle) if (!stays(idle)) void idle.session.close();
    this.#idle = this.#idle.filter(stays);
  }
}
