/** Secrets in bytes that a page refers to: hidden in text, and a reason to refuse what is none. */
import { setImmediate } from "node:timers/promises";
import type { Logger } from "pino";
import type { Mask } from "../secrets/mask.ts";
import { FlowCleaner, isTextType } from "./clean-flow.ts";
import type { Content } from "./handles.ts";

/** So much is searched before others have their turn. */
const sliceChars = 1_000_000;
/** A secret that begins in one slice ends in this much of the next. */
const overlapChars = 20_000;

export interface CleanerOptions {
  readonly mask: Mask;
  /** Names of downloads that are sent as they are. */
  readonly openDownloads: readonly string[];
  readonly log: Pick<Logger, "warn">;
}

/** Searches bytes when they are fetched first: most never are. */
export class Cleaner {
  readonly #options: CleanerOptions;
  #cleaned = new WeakMap<Content, Promise<Content | undefined>>();
  #version = 0;

  constructor(options: CleanerOptions) {
    this.#options = options;
  }

  /** What may be sent of it; nothing where a secret stands in bytes that are no text. */
  clean(content: Content): Promise<Content | undefined> {
    const { mask, openDownloads } = this.#options;
    const { fileName } = content;
    if (mask.isEmpty || (fileName !== undefined && openDownloads.includes(fileName)))
      return Promise.resolve(content);
    if (mask.version !== this.#version) this.#cleaned = new WeakMap();
    this.#version = mask.version;
    const known = this.#cleaned.get(content) ?? this.#search(content);
    this.#cleaned.set(content, known);
    return known;
  }

  /** Cleans what flows; nothing where nothing has to be looked for. */
  flow(mime: string, fileName: string | undefined): FlowCleaner | undefined {
    const { mask, openDownloads } = this.#options;
    const isOpen = mask.isEmpty || (fileName !== undefined && openDownloads.includes(fileName));
    return isOpen ? undefined : new FlowCleaner(mask, mime);
  }

  async #search(content: Content): Promise<Content | undefined> {
    const { mask, log } = this.#options;
    const { bytes, mime } = content;
    const isText = isTextType(mime);
    // Bytes that are no text are read one character each: what is ASCII in them stays as it is.
    const text = bytes.toString(isText ? "utf8" : "latin1");
    if (!(await finds(mask, text))) return content;
    if (isText)
      return { ...content, bytes: Buffer.from(/json/.test(mime) ? mask.json(text) : mask.text(text)) };
    log.warn(
      { mime },
      "An image or file was not sent: a secret stands in it. `secrets.openDownloads` names downloads that may hold some.",
    );
    return undefined;
  }
}

async function finds(mask: Mask, text: string): Promise<boolean> {
  for (let at = 0; at < text.length; at += sliceChars) {
    if (at > 0) await setImmediate();
    if (mask.finds(text.slice(at, at + sliceChars + overlapChars))) return true;
  }
  return false;
}
