import type { EventMessage } from "../wire/messages.ts";
import { s } from "../wire/s.ts";
import type { Infer, Json } from "../wire/schema.ts";
import { eventSchema } from "../wire/messages.ts";

export type Values = Readonly<Record<string, Json>>;

/** What a viewer did, before it has a number. */
export interface Act {
  readonly values?: Values;
  readonly trigger?: { readonly id: string; readonly value?: Json };
  readonly page?: string;
  readonly query?: string;
}

const keptSchema = s.object({
  event: eventSchema,
  /** It was written to a socket: its number may be known to the gateway. */
  sent: s.boolean,
});
type Kept = Infer<typeof keptSchema>;

export const outboxSchema = s.object({
  next: s.number({ min: 1, integer: true }),
  kept: s.array(keptSchema, { max: 10_000 }),
});
export type OutboxDump = Infer<typeof outboxSchema>;

/** The viewer's events: numbered, kept until a commit names them, sent again on a new connection. */
export class Outbox {
  #next: number;
  #kept: Kept[];

  /** Goes on from a dump: a later server may not know of all that an earlier one had shown, so `shown` is what events answer. */
  constructor(dump: OutboxDump = { next: 1, kept: [] }, shown = 0) {
    this.#next = dump.next;
    this.#kept = dump.kept.map(({ event, sent }) => {
      return { event: { ...event, tree: Math.min(event.tree, shown) }, sent };
    });
  }

  /** The number of the last event. */
  get last(): number {
    return this.#next - 1;
  }

  get events(): readonly EventMessage[] {
    return this.#kept.map(({ event }) => event);
  }

  /** Adds what the viewer did; answers join an event of answers that has not left yet. */
  add(act: Act, tree: number): EventMessage {
    const last = this.#kept.at(-1);
    if (last !== undefined && !last.sent && isAnswers(last.event) && isAnswers(act)) {
      const event = { ...last.event, tree, values: { ...last.event.values, ...act.values } };
      this.#kept[this.#kept.length - 1] = { event, sent: false };
      return event;
    }
    const event: EventMessage = { t: "event", n: this.#next++, tree, ...act };
    this.#kept.push({ event, sent: false });
    return event;
  }

  /** What has not left yet, as frames in order; from here on it has. */
  take(): readonly EventMessage[] {
    const leaving = this.#kept.filter(({ sent }) => !sent).map(({ event }) => event);
    if (leaving.length > 0) this.#kept = this.#kept.map(({ event }) => ({ event, sent: true }));
    return leaving;
  }

  /** All that left up to this number are safe. */
  commit(n: number): void {
    this.#kept = this.#kept.filter(({ event, sent }) => !sent || event.n > n);
  }

  /** The click of an event may have run before all was restored: it is not sent again, and the viewer is told once. */
  cutOff(n: number): void {
    this.#kept = this.#kept.map((kept) => {
      if (kept.event.n !== n) return kept;
      const { trigger: _, ...event } = kept.event;
      return { ...kept, event };
    });
  }

  /** Takes an event out that was refused. */
  remove(n: number): EventMessage | undefined {
    const event = this.#kept.find((kept) => kept.event.n === n)?.event;
    this.#kept = this.#kept.filter((kept) => kept.event.n !== n);
    return event;
  }

  /**
   * A new connection: answers all that is not safe, in order, to be sent again. Events that never left get numbers that
   * nobody has used.
   */
  resume({
    received,
    committed,
  }: {
    readonly received: number;
    readonly committed: number;
  }): readonly EventMessage[] {
    this.commit(committed);
    this.#next = Math.max(this.#next, received + 1);
    const waiting = this.#kept.filter(({ sent }) => !sent);
    const clashes = waiting.some(({ event }) => event.n <= received);
    const numbered = clashes
      ? waiting.map(({ event }) => ({ ...event, n: this.#next++ }))
      : waiting.map(({ event }) => event);
    const leaving = [...this.#kept.filter(({ sent }) => sent).map(({ event }) => event), ...numbered];
    this.#kept = leaving.map((event) => ({ event, sent: true }));
    return leaving;
  }

  /** Plain data, to go on from after a refresh. */
  dump(): OutboxDump {
    return { next: this.#next, kept: this.#kept };
  }
}

function isAnswers(act: Act): boolean {
  return act.trigger === undefined && act.page === undefined && act.query === undefined;
}
