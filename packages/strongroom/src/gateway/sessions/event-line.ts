import type { EventMessage } from "../../wire/messages.ts";

/** What the line needs of its session. */
export interface LineEnd {
  /** A worker is there to take events. */
  readonly isOpen: () => boolean;
  readonly hand: (n: number, text: string) => void;
  /** The last event with a click that was ever handed over. */
  readonly clicked: () => number;
  /** Writes down, before anything else happens, that this click is handed over. */
  readonly mark: (n: number) => Promise<void>;
  /** A click that may have run already is left out; the label of its widget where it is known. */
  readonly cutOff: (n: number, label: string | undefined) => void;
}

interface Waiting {
  readonly message: EventMessage;
  readonly text: string;
}

/** Events on their way to a worker, in order. A click runs at most once: what was marked before is not handed over again. */
export class EventLine {
  readonly #end: LineEnd;
  #waiting: Waiting[] = [];
  #isMoving = false;
  #turn = 0;

  constructor(end: LineEnd) {
    this.#end = end;
  }

  push(message: EventMessage, text: string): void {
    if (
      message.trigger === undefined &&
      this.#waiting.length === 0 &&
      !this.#isMoving &&
      this.#end.isOpen()
    ) {
      return this.#end.hand(message.n, text);
    }
    this.#waiting.push({ message, text });
    this.move();
  }

  /** Hands over what can be. */
  move(): void {
    if (!this.#isMoving && this.#waiting.length > 0 && this.#end.isOpen()) void this.#move(this.#turn);
  }

  /** The worker is gone: what waited will be sent again by the browser. */
  clear(): void {
    this.#turn++;
    this.#waiting = [];
    this.#isMoving = false;
  }

  async #move(turn: number): Promise<void> {
    this.#isMoving = true;
    while (this.#waiting.length > 0 && this.#end.isOpen()) {
      const { message, text } = this.#waiting.shift() as Waiting;
      const { n, trigger } = message;
      if (trigger === undefined) {
        this.#end.hand(n, text);
      } else if (n <= this.#end.clicked()) {
        this.#end.cutOff(n, labelIn(trigger.id));
        this.#end.hand(n, withoutTrigger(message));
      } else {
        await this.#end.mark(n);
        if (turn !== this.#turn) return;
        this.#end.hand(n, text);
      }
    }
    this.#isMoving = false;
  }
}

function withoutTrigger(message: EventMessage): string {
  // `undefined` leaves no trace in JSON.
  return JSON.stringify({ ...message, trigger: undefined });
}

/** The label of a widget that has no key, from its id `kind:label`. */
function labelIn(id: string): string | undefined {
  return /^[a-zA-Z0-9]+:(.{1,200}?)(?:\.\d+)?$/u.exec(id)?.[1];
}
