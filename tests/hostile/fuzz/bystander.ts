import { openRaw, type RawSession } from "../../running/raw-session.ts";
import { sleep } from "../../running/processes.ts";

const pauseMs = 40;
const patienceMs = 20_000;

/** A viewer who knows nothing of the attack, and moves a slider all the while. */
export class Bystander {
  readonly #session: RawSession;
  #isOver = false;
  #ended: Promise<void> = Promise.resolve();
  answers = 0;
  longestMs = 0;
  readonly problems: string[] = [];

  private constructor(session: RawSession) {
    this.#session = session;
  }

  static async open(url: string): Promise<Bystander> {
    const bystander = new Bystander(await openRaw(url));
    bystander.#ended = bystander.#act();
    return bystander;
  }

  async #act(): Promise<void> {
    while (!this.#isOver && this.problems.length === 0) {
      const level = 1 + (this.answers % 1_000);
      const begun = performance.now();
      const isAnswered = await Promise.race([
        this.#session.slide(level).then(() => true),
        sleep(patienceMs).then(() => false),
      ]);
      if (!isAnswered) this.problems.push(`no answer to move ${this.answers + 1}`);
      else if (!this.#session.last.includes(`Level is ${level}"`))
        this.problems.push(`a wrong answer to move ${this.answers + 1}`);
      this.longestMs = Math.max(this.longestMs, performance.now() - begun);
      this.answers++;
      await sleep(pauseMs);
    }
  }

  /** Answers once the last move has had its answer. */
  async stop(): Promise<void> {
    this.#isOver = true;
    await this.#ended;
    if (this.#session.refused > 0) this.problems.push(`${this.#session.refused} moves were refused`);
    this.#session.close();
  }
}
