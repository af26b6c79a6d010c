/** Secrets in bytes that flow: hidden in text, the end of what is none; also where one goes over several pieces. */
import type { Mask } from "../secrets/mask.ts";

const textTypes = /^(text\/|application\/(json|xml|yaml|x-ndjson|javascript)|[a-z]+\/[\w.-]+\+(json|xml))/;

export function isTextType(mime: string): boolean {
  return textTypes.test(mime);
}

/** A secret that begins before the cut ends within this. */
const overlapBytes = 20_000;

/** A secret stands in bytes that are no text. */
export class SecretInFlow extends Error {
  override readonly name = "SecretInFlow";
}

/** Holds back the end of what came until it is known what follows. */
export class FlowCleaner {
  readonly #mask: Mask;
  readonly #isText: boolean;
  #held: Buffer = Buffer.alloc(0);

  constructor(mask: Mask, mime: string) {
    this.#mask = mask;
    this.#isText = isTextType(mime);
  }

  /** What may go out now that these have come. */
  take(bytes: Buffer): Buffer {
    this.#held = Buffer.concat([this.#held, bytes]);
    return this.#release(this.#held.length - overlapBytes);
  }

  /** All that is left. */
  end(): Buffer {
    return this.#release(this.#held.length);
  }

  #release(most: number): Buffer {
    const held = this.#held;
    if (most <= 0) return Buffer.alloc(0);
    const cut = this.#isText ? wholeCharacters(held, most) : most;
    const text = held.toString(this.#isText ? "utf8" : "latin1");
    if (!this.#mask.finds(text)) {
      this.#held = Buffer.from(held.subarray(cut));
      return held.subarray(0, cut);
    }
    if (!this.#isText) throw new SecretInFlow();
    const at = cut === held.length ? text.length : held.toString("utf8", 0, cut).length;
    const { clean, upTo } = this.#mask.textUpTo(text, at);
    // What follows is kept as it came: its last character may not be whole yet.
    this.#held = Buffer.from(held.subarray(cut + Buffer.byteLength(text.slice(at, upTo))));
    return Buffer.from(clean);
  }
}

/** The last place up to `most` where a character of UTF-8 begins. */
function wholeCharacters(bytes: Buffer, most: number): number {
  let cut = most;
  for (let back = 0; back < 3 && cut < bytes.length && ((bytes[cut] ?? 0) & 0xc0) === 0x80; back++) cut--;
  return cut;
}
