import { limits } from "../wire/limits.ts";
import { s } from "../wire/s.ts";
import type { Infer, Json } from "../wire/schema.ts";

const answer = s.json({ maxDepth: limits.valueDepth, maxNodes: limits.valueNodes });

const draftSchema = s.object({
  value: answer,
  /** Number of the last event when it was made. */
  since: s.number({ min: 0, integer: true }),
  /** The viewer has answered: it waits for its form, or for the next event. Otherwise it is being typed. */
  held: s.boolean,
});
export type Draft = Infer<typeof draftSchema>;

export const draftsSchema = s.record(draftSchema, { maxKeys: 10_000, maxKeyLength: limits.idChars });

/** Answers that are in the page alone, and why some of them cannot leave it. */
export class Drafts {
  readonly #drafts: Map<string, Draft>;
  readonly #refusals = new Map<string, string>();

  constructor(dump: Infer<typeof draftsSchema> = {}) {
    this.#drafts = new Map(Object.entries(dump));
  }

  get(id: string): Draft | undefined {
    return this.#drafts.get(id);
  }

  refusal(id: string): string | undefined {
    return this.#refusals.get(id);
  }

  set(id: string, draft: Draft, refusal?: string): void {
    this.#drafts.set(id, draft);
    if (refusal === undefined) this.#refusals.delete(id);
    else this.#refusals.set(id, refusal);
  }

  delete(id: string): void {
    this.#drafts.delete(id);
    this.#refusals.delete(id);
  }

  /** Takes drafts out, to be sent. */
  take(ids: readonly string[]): Record<string, Json> {
    const values: Record<string, Json> = {};
    for (const id of ids) {
      const draft = this.#drafts.get(id);
      if (draft !== undefined) values[id] = draft.value;
      this.delete(id);
    }
    return values;
  }

  ids(): readonly string[] {
    return [...this.#drafts.keys()];
  }

  /** The drafts that may be kept beyond this page. */
  dump(mayKeep: (id: string) => boolean): Infer<typeof draftsSchema> {
    return Object.fromEntries([...this.#drafts].filter(([id]) => mayKeep(id)));
  }
}
