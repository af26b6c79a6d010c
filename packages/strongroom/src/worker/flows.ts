import type { Pieces } from "./pieces.ts";

export interface FlowsPort {
  readonly piece: (flow: number, bytes: Uint8Array | undefined) => void;
  readonly broke: (flow: number) => void;
  readonly report: (error: unknown) => void;
  /** The author's code goes on for a session. */
  readonly begin: (session: number) => void;
}

interface Open {
  readonly session: number;
  readonly pieces: Pieces;
  isBegun: boolean;
}

/** Downloads that are made as they are read: a piece is made when the gateway asks for one. */
export class Flows {
  readonly #port: FlowsPort;
  readonly #open = new Map<number, Open>();
  #last = 0;

  constructor(port: FlowsPort) {
    this.#port = port;
  }

  add(session: number, pieces: Pieces): number {
    this.#open.set(++this.#last, { session, pieces, isBegun: false });
    return this.#last;
  }

  async more(flow: number): Promise<void> {
    const open = this.#open.get(flow);
    if (open === undefined) return this.#port.broke(flow);
    open.isBegun = true;
    this.#port.begin(open.session);
    try {
      const bytes = await open.pieces.next();
      if (!this.#open.has(flow)) return;
      if (bytes === undefined) this.#open.delete(flow);
      this.#port.piece(flow, bytes);
    } catch (error) {
      if (!this.#open.has(flow)) return;
      this.drop(flow);
      this.#port.report(error);
      this.#port.broke(flow);
    }
  }

  drop(flow: number): void {
    this.#open.get(flow)?.pieces.cancel();
    this.#open.delete(flow);
  }

  /** The session has left: what nobody has begun to read goes with it. */
  forget(session: number): void {
    for (const [flow, open] of this.#open)
      if (open.session === session && !open.isBegun) {
        this.drop(flow);
        this.#port.broke(flow);
      }
  }
}
