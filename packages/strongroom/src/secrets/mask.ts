import type { Json } from "../wire/schema.ts";
import { joined, joinedWithPlaces } from "./encodings.ts";
import { unescaped, unescapedWithPlaces } from "./escapes.ts";
import { Finder, type Span } from "./finder.ts";
import { formsOf, secretTexts, type Form } from "./forms.ts";

/** What stands in the place of a secret. */
export const hidden = "•••";
/** JSON in JSON in a URL, written for HTML: more layers have no honest reason. */
const maxLayers = 4;

/**
 * Hides secrets in what leaves the server: whole, or a piece of a key; plain, in base64 and hex; escaped for JSON, URLs
 * and HTML, in part or in layers. What it has learnt it does not forget: a page may show what was read before a change.
 */
export class Mask {
  readonly #known = new Set<string>();
  #forms: readonly Form[] = [];
  #finder = new Finder([]);
  /** What may be broken into lines. */
  #encoded = new Finder([]);
  /** Grows with all that it learns. */
  version = 0;

  constructor(secrets: Json = null) {
    this.learn(secrets);
  }

  /** Hides these from now on, too. */
  learn(secrets: Json): void {
    const fresh = secretTexts(secrets)
      .map(({ text }) => text)
      .filter((text) => !this.#known.has(text));
    if (fresh.length === 0) return;
    for (const text of fresh) this.#known.add(text);
    this.#forms = [...this.#forms, ...fresh.flatMap(formsOf)];
    this.#finder = new Finder(this.#forms);
    this.#encoded = new Finder(this.#forms.filter(({ isEncoded }) => isEncoded === true));
    this.version++;
  }

  /** True where nothing has to be looked for. */
  get isEmpty(): boolean {
    return this.#finder.isEmpty;
  }

  /** True where a secret stands in the text. */
  finds(text: string): boolean {
    let layer: string | undefined = this.isEmpty ? undefined : text;
    for (let depth = 0; depth <= maxLayers && layer !== undefined; depth++) {
      if (this.#finder.find(layer, false).length > 0) return true;
      const whole = joined(layer);
      if (whole !== undefined && this.#encoded.find(whole, false).length > 0) return true;
      layer = unescaped(layer);
    }
    return false;
  }

  /** The text with secrets hidden. */
  text(text: string): string {
    return this.finds(text) ? withoutSpans(text, this.#spans(text)) : text;
  }

  /** The same of a text that goes on: up to a place, or as far as secrets go that begin before it. */
  textUpTo(text: string, place: number): { readonly clean: string; readonly upTo: number } {
    const spans = this.#spans(text).toSorted((a, b) => a[0] - b[0]);
    let upTo = place;
    const within: Span[] = [];
    for (const span of spans) {
      if (span[0] >= upTo) break;
      within.push(span);
      upTo = Math.max(upTo, span[1]);
    }
    return { clean: withoutSpans(text.slice(0, upTo), within), upTo };
  }

  /** JSON text with secrets hidden in its texts, names and numbers; what is not JSON is a text. */
  json(text: string): string {
    if (!this.finds(text)) return text;
    let value: Json;
    try {
      value = JSON.parse(text) as Json; // JSON's own types are what it answers
    } catch {
      return this.text(text);
    }
    return JSON.stringify(this.value(value));
  }

  /** Plain data with secrets hidden; a number that is one becomes `•••`: a figure would be a wrong one. */
  value(value: Json): Json {
    switch (typeof value) {
      case "string":
        return this.text(value);
      case "number":
        return this.#finder.find(String(value), false).length > 0 ? hidden : value;
      case "object":
        if (value === null) return null;
        if (Array.isArray(value)) return this.#list(value);
        return Object.fromEntries(
          Object.entries(value).map(([name, item]) => [this.text(name), this.value(item)]),
        );
      default:
        return value;
    }
  }

  /** Bytes may stand as numbers: then none of them is left. */
  #list(list: readonly Json[]): Json {
    if (list.length > 0 && list.every(isByte) && this.finds(list.join(","))) return list.map(() => null);
    return list.map((item) => this.value(item));
  }

  /** Where secrets stand, in any layer, as places of the text itself. */
  #spans(text: string): readonly Span[] {
    const spans: Span[] = [...this.#finder.find(text), ...this.#brokenSpans(text)];
    const ways: Uint32Array[] = [];
    let layer = text;
    for (let depth = 0; depth < maxLayers; depth++) {
      const next = unescapedWithPlaces(layer);
      if (next.text === layer) break;
      ways.unshift(next.places);
      layer = next.text;
      for (const [start, end] of [...this.#finder.find(layer), ...this.#brokenSpans(layer)])
        spans.push([backThrough(ways, start), backThrough(ways, end)]);
    }
    return spans;
  }

  /** Where encoded secrets stand in lines or in groups. */
  #brokenSpans(text: string): readonly Span[] {
    if (joined(text) === undefined) return [];
    const { text: whole, places } = joinedWithPlaces(text);
    return this.#encoded
      .find(whole)
      .map(([start, end]) => [places[start] ?? 0, (places[end - 1] ?? text.length) + 1]);
  }
}

function isByte(item: Json): item is number {
  return typeof item === "number" && Number.isInteger(item) && item >= 0 && item <= 255;
}

function backThrough(ways: readonly Uint32Array[], place: number): number {
  return ways.reduce((at, places) => places[at] ?? at, place);
}

function withoutSpans(text: string, spans: readonly Span[]): string {
  let result = "";
  let last = 0;
  for (const [start, end] of spans.toSorted((a, b) => a[0] - b[0] || b[1] - a[1])) {
    if (end <= last) continue;
    if (start >= last) result += text.slice(last, start) + hidden;
    last = end;
  }
  return result + text.slice(last);
}
