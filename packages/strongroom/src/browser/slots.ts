import type { FlatNode } from "../wire/apply-patch.ts";
import { sameJson } from "../wire/same-json.ts";
import type { Json } from "../wire/schema.ts";
import { Signal } from "./signal.ts";

/** What one view shows of its element. */
export interface Shown {
  readonly node: FlatNode | undefined;
  readonly value: Json;
  readonly childIds: readonly string[];
  readonly refusal: string | undefined;
  /** The run that goes on has not come to it for a while. */
  readonly isStale: boolean;
}

/** What is shown of each element that somebody follows: its followers hear only of changes to it. */
export class Slots {
  readonly #show: (id: string) => Shown;
  readonly #slots = new Map<string, Signal<Shown>>();

  constructor(show: (id: string) => Shown) {
    this.#show = show;
  }

  get(id: string): Signal<Shown> {
    let slot = this.#slots.get(id);
    if (slot === undefined) this.#slots.set(id, (slot = new Signal(this.#show(id))));
    return slot;
  }

  refresh(ids: Iterable<string> = this.#slots.keys()): void {
    for (const id of ids) {
      const slot = this.#slots.get(id);
      if (slot !== undefined) slot.set(unlessSame(slot.get(), this.#show(id)));
    }
  }

  /** Draws the elements of a kind again: its code has come. */
  redraw(kind: string): void {
    for (const slot of this.#slots.values()) {
      const shown = slot.get();
      if (shown.node?.kind === kind) slot.set({ ...shown });
    }
  }

  /** Forgets elements that nobody follows and that are gone; answers which. */
  forget(isGone: (id: string) => boolean): readonly string[] {
    const gone = [...this.#slots].filter(([id, slot]) => !slot.isFollowed && isGone(id)).map(([id]) => id);
    for (const id of gone) this.#slots.delete(id);
    return gone;
  }
}

/** The same objects where they say the same, so that nothing is drawn again. */
function unlessSame(before: Shown, shown: Shown): Shown {
  const childIds = sameJson(before.childIds, shown.childIds) ? before.childIds : shown.childIds;
  const isSame =
    before.node === shown.node &&
    before.childIds === childIds &&
    before.refusal === shown.refusal &&
    before.isStale === shown.isStale &&
    sameJson(before.value, shown.value);
  return isSame ? before : { ...shown, childIds };
}
