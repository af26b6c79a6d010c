/** Markdown as plain data. Parsing takes time that grows with the text; what one text gives is kept for the next runs. */
import type { Block, RichText } from "../wire/rich-text.ts";
import { parseBlocks } from "./markdown-blocks.ts";
import { isPlain, parseInline } from "./markdown-inline.ts";

/** Parts that one document may have: so that it stays below the limits of `wire/rich-text.ts`. What comes after them is plain text. */
const maxParts = 30_000;
/** Characters of formulas that one document may have; what comes after them is shown as it is written. */
const maxTex = 50_000;

let hide = (text: string): string => text;

/**
 * Hides secrets in what is parsed from now on, before any text is parsed: a mark cuts a secret into pieces, of which
 * nobody knows it again.
 */
export function hideInMarkdown(hideIn: (text: string) => string): void {
  hide = hideIn;
}

/** Parses one line of inline Markdown; text without any mark is answered as it is. */
export function inline(text: string): RichText {
  // Authors write JavaScript too, where a number comes as a label.
  const source = typeof text === "string" ? text : String(text);
  return isPlain(source) ? source : parsedInline.of(source);
}

const noBlocks: readonly Block[] = [];

/** Parses a document. */
export function blocksOf(text: string): readonly Block[] {
  const source = typeof text === "string" ? text : String(text);
  if (source === "") return noBlocks;
  return beginsNoBlock(source) && isPlain(source)
    ? [{ t: "p", c: [source.trim()] }]
    : parsedBlocks.of(source);
}

/** True where text is one paragraph, unless it holds marks or line ends. */
function beginsNoBlock(text: string): boolean {
  return /^ ?[^\s#>+=|\d-][^\t\r\0]*$/.test(text);
}

function onlyText(text: string): RichText {
  const parts = parseInline(hide(text), { budget: { left: maxParts, tex: maxTex }, references: new Map() });
  const [first] = parts;
  if (first === undefined) return "";
  return parts.length === 1 && typeof first === "string" ? first : parts;
}

/**
 * What a function of one text gave, for the texts asked for last. It may serve all sessions of the process: the same
 * text gives the same parts, whoever shows it.
 */
class Memo<T> {
  readonly #compute: (text: string) => T;
  readonly #maxChars: number;
  #recent = new Map<string, T>();
  #older = new Map<string, T>();
  #chars = 0;

  constructor(compute: (text: string) => T, maxChars: number) {
    this.#compute = compute;
    this.#maxChars = maxChars;
  }

  of(text: string): T {
    const known = this.#recent.get(text);
    if (known !== undefined) return known;
    const result = this.#older.get(text) ?? this.#compute(text);
    if (text.length > this.#maxChars / 4) return result;
    this.#chars += text.length;
    if (this.#chars > this.#maxChars) {
      this.#older = this.#recent;
      this.#recent = new Map();
      this.#chars = text.length;
    }
    this.#recent.set(text, result);
    return result;
  }
}

const parsedInline = new Memo(onlyText, 200_000);
const parsedBlocks = new Memo(
  (text: string): readonly Block[] => parseBlocks(hide(text), { left: maxParts, tex: maxTex }),
  1_000_000,
);
