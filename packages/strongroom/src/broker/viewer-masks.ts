import { Mask } from "../secrets/mask.ts";

/** A mask takes milliseconds to make; the token of one viewer comes again and again. */
const mostKept = 100;

/** Hides viewers' tokens, each in what is asked with it. */
export class ViewerMasks {
  readonly #masks = new Map<string, Mask>();

  of(token: string): Mask {
    const mask = this.#masks.get(token) ?? new Mask(token);
    // The one that was used last stands last.
    this.#masks.delete(token);
    this.#masks.set(token, mask);
    const [oldest] = this.#masks.keys();
    if (oldest !== undefined && this.#masks.size > mostKept) this.#masks.delete(oldest);
    return mask;
  }

  /** A text without those of late. */
  text(text: string): string {
    return [...this.#masks.values()].reduce((so, mask) => mask.text(so), text);
  }
}
