/** Finds many texts in one, in time that grows with that one alone. */
import { isMixed, type Form } from "./forms.ts";

/** From `start`, before `end`. */
export type Span = readonly [start: number, end: number];

/** So many characters are looked up at once: no form is shorter. */
const windowChars = 6;
const windowMask = 0x3fff_ffff;
const spread = 0x9e37_79b1;
const slotsPerEntry = 8;
const minSlotBits = 10;
/** So long a piece of a key is its own, whatever it looks like. */
const surelyPiece = 12;
/** A window of fewer different characters stands in a row of itself. */
const minDistinct = 3;

interface Entry {
  readonly form: Form;
  /** Where in the form the window begins. */
  readonly at: number;
  readonly next: Entry | undefined;
}

/**
 * Each form is known by windows of six characters: a whole one by its first, one of which pieces count by so many that
 * each such piece holds one. The text's windows are looked up one after the other; their hash forgets what is behind.
 */
export class Finder {
  readonly #slots: Uint32Array;
  readonly #entries: (Entry | undefined)[] = [undefined];
  readonly #shift: number;

  constructor(forms: readonly Form[]) {
    const windows = unique(forms).flatMap((form) => windowsOf(form).map((at) => ({ form, at })));
    const bits = Math.max(minSlotBits, Math.ceil(Math.log2(windows.length * slotsPerEntry + 1)));
    this.#slots = new Uint32Array(2 ** bits);
    this.#shift = 32 - bits;
    for (const { form, at } of windows) this.#add(form, at);
  }

  get isEmpty(): boolean {
    return this.#entries.length === 1;
  }

  /** Where forms stand, in order of their beginning; without `all` it is enough to know of one. */
  find(text: string, all = true): readonly Span[] {
    const found: Span[] = [];
    if (this.isEmpty) return found;
    const slots = this.#slots;
    const shift = this.#shift;
    const { length } = text;
    let hash = 0;
    for (let at = 0; at < length; at++) {
      hash = ((hash << 5) ^ text.charCodeAt(at)) & windowMask;
      const slot = slots[Math.imul(hash, spread) >>> shift];
      if (slot === 0 || slot === undefined || at < windowChars - 1) continue;
      const span = this.#verify(text, at + 1 - windowChars, { slot, known: found.at(-1)?.[1] ?? 0 });
      if (span === undefined) continue;
      found.push(span);
      if (!all) break;
    }
    return found;
  }

  #add(form: Form, at: number): void {
    let hash = 0;
    for (let index = at; index < at + windowChars; index++)
      hash = ((hash << 5) ^ form.text.charCodeAt(index)) & windowMask;
    const place = Math.imul(hash, spread) >>> this.#shift;
    this.#entries.push({ form, at, next: this.#entries[this.#slots[place] ?? 0] });
    this.#slots[place] = this.#entries.length - 1;
  }

  /** The longest match round a window; what ends within the last one was seen with it. */
  #verify(text: string, start: number, { slot, known }: { slot: number; known: number }): Span | undefined {
    let best: Span | undefined;
    for (let entry = this.#entries[slot]; entry !== undefined; entry = entry.next) {
      const { form, at } = entry;
      if (form.leastPiece > 0 && start + windowChars <= known) continue;
      if (!text.startsWith(form.text.slice(at, at + windowChars), start)) continue;
      const span = form.leastPiece === 0 ? whole(text, start, form) : pieceAt(text, start, entry);
      if (span !== undefined && (best === undefined || span[1] - span[0] > best[1] - best[0])) best = span;
    }
    return best;
  }
}

function unique(forms: readonly Form[]): readonly Form[] {
  const byText = new Map<string, Form>();
  for (const form of forms) {
    const before = byText.get(form.text);
    if (form.text.length >= windowChars && (before === undefined || before.leastPiece === 0))
      byText.set(form.text, form);
  }
  return [...byText.values()];
}

/** Where the windows of a form begin. */
function windowsOf({ text, leastPiece }: Form): readonly number[] {
  if (leastPiece === 0) return [0];
  const starts = [0];
  for (let at = 0; at + windowChars <= text.length; at += leastPiece - windowChars + 1) starts.push(at);
  return [...new Set([...starts, text.length - windowChars])].filter(
    (at) => at === 0 || new Set(text.slice(at, at + windowChars)).size >= minDistinct,
  );
}

function whole(text: string, start: number, { text: form, isNumber }: Form): Span | undefined {
  const end = start + form.length;
  if (!text.startsWith(form, start)) return undefined;
  // Digits within a longer number are another one's.
  if (isNumber === true && (isDigit(text[start - 1]) || isDigit(text[end]))) return undefined;
  return [start, end];
}

function isDigit(char: string | undefined): boolean {
  return char !== undefined && char >= "0" && char <= "9";
}

function pieceAt(text: string, start: number, { form, at }: Entry): Span | undefined {
  const { text: wanted, leastPiece } = form;
  let [from, offset] = [start, at];
  while (from > 0 && offset > 0 && text.charCodeAt(from - 1) === wanted.charCodeAt(offset - 1)) {
    from--;
    offset--;
  }
  let to = start + windowChars;
  for (let next = at + windowChars; to < text.length && next < wanted.length; next++, to++)
    if (text.charCodeAt(to) !== wanted.charCodeAt(next)) break;
  const length = to - from;
  const isSure = length >= surelyPiece || isMixed(text.slice(from, to));
  const counts = length === wanted.length || (length >= leastPiece && isSure);
  return counts ? [from, to] : undefined;
}
