import type { PageTree } from "./page-tree.ts";
import { Signal } from "./signal.ts";

const none: ReadonlySet<string> = new Set();

/** How far the server has come with what the viewer did, and which elements look old meanwhile. */
export class RunProgress {
  readonly #tree: PageTree;
  readonly isRunning: Signal<boolean> = new Signal(false);
  /** Number of the last event whose answers the tree holds. */
  taken = 0;
  /** Number of the last event whose run has ended. */
  #done = 0;
  /** Events whose run has not ended. */
  readonly #unanswered = new Set<number>();
  #isOpen = false;
  /** Nothing has come from the run that goes on. */
  #isSilent = false;
  #isDim = false;
  #stale = none;

  constructor(tree: PageTree) {
    this.#tree = tree;
  }

  /** True from the first message of a run to its last. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** True where the run that goes on has not come for a while. */
  isStale(id: string): boolean {
    return this.#isDim && (this.#isSilent || this.#stale.has(id));
  }

  /** The viewer did something that asks for a run. */
  asked(n: number): void {
    this.#unanswered.add(n);
    this.#isSilent = true;
  }

  /** An event was refused: no run answers it. */
  refused(n: number): void {
    this.#unanswered.delete(n);
    this.taken = Math.max(this.taken, n);
  }

  /** These events are on their way again, and no other. */
  resumed(numbers: readonly number[]): void {
    this.#unanswered.clear();
    for (const n of numbers) this.#unanswered.add(n);
  }

  /** These events were left by an earlier load of the page. */
  restored(numbers: readonly number[]): void {
    for (const n of numbers) if (n > this.#done) this.#unanswered.add(n);
  }

  /** Events that are safe. One that was used up, since its run was stopped, is answered by nothing else; true where there was one. */
  committed(last: number): boolean {
    return this.#forget(last);
  }

  /** What a message says of its run: how far it is, and whether it has ended. `last` is the viewer's last event. */
  ran(taken: number, done: number | undefined, last: number): void {
    this.#isOpen = done === undefined;
    this.#isSilent &&= (done ?? taken) < last;
    if (done === undefined) return;
    this.#done = done;
    this.#forget(done);
  }

  #forget(last: number): boolean {
    const { size } = this.#unanswered;
    for (const n of this.#unanswered) if (n <= last) this.#unanswered.delete(n);
    return this.#unanswered.size < size;
  }

  /** From here on, what the run has not reached looks old; until the run has ended. */
  dim(isDim: boolean): void {
    this.#isDim = isDim && this.isRunning.get();
  }

  /** Draws the conclusions of what was said; true where elements may look otherwise now. */
  settle(): boolean {
    this.isRunning.set(this.#isOpen || this.#unanswered.size > 0);
    const wasDim = this.#isDim;
    this.#isDim &&= this.isRunning.get();
    if (!this.#isDim && !wasDim) return false;
    this.#stale = this.#isDim ? this.#tree.stale() : none;
    return true;
  }
}
