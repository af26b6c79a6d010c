import type { PatchMessage, TreeMessage } from "../../wire/messages.ts";
import type { StopCode } from "./recovery.ts";

/** What the first document of a page shows. */
export type FirstView =
  | { readonly ok: true; readonly messages: readonly (TreeMessage | PatchMessage)[] }
  | { readonly ok: false; readonly stopped: StopCode; readonly place: string | undefined };

export interface Patience {
  /** So long the document waits for the end of the run, once there is something to show. */
  readonly forRunMs: number;
  /** So long it waits for anything at all; then the page comes without, and fills itself. */
  readonly forAnythingMs: number;
}

/** Gathers what a run shows until the document is to be sent. */
export class FirstViewWatch {
  readonly view: Promise<FirstView>;
  #messages: (TreeMessage | PatchMessage)[] = [];
  #end: (view: FirstView) => void = () => undefined;
  readonly #timers: readonly NodeJS.Timeout[];
  #isPatient = true;

  constructor({ forRunMs, forAnythingMs }: Patience) {
    this.view = new Promise((resolve) => {
      this.#end = resolve;
    });
    this.#timers = [
      setTimeout(() => {
        this.#isPatient = false;
        if (this.#messages.length > 0) this.#finish();
      }, forRunMs),
      setTimeout(() => this.#finish(), forAnythingMs),
    ];
  }

  /** Takes a message up; `isLast` when no more is to come by itself. */
  take(message: TreeMessage | PatchMessage, isLast: boolean): void {
    if (message.t === "tree") this.#messages = [message];
    else if (this.#messages.length > 0) this.#messages.push(message);
    if (this.#messages.length > 0 && (isLast || !this.#isPatient)) this.#finish();
  }

  fail(stopped: StopCode, place: string | undefined): void {
    this.#settle({ ok: false, stopped, place });
  }

  /** Nothing more will come. */
  end(): void {
    this.#finish();
  }

  #finish(): void {
    this.#settle({ ok: true, messages: this.#messages });
  }

  #settle(view: FirstView): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#end(view);
  }
}
