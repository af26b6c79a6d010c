/** Text that is written in another way: escapes of JSON and of programs, of URLs and of HTML, one layer at a time. */

/** A layer less, and where each of its characters stood. */
export interface Unescaped {
  readonly text: string;
  /** By place in `text`: where that began in the text before. One more than there are characters. */
  readonly places: Uint32Array;
}

const escape =
  /\\u[0-9a-f]{4}|\\x[0-9a-f]{2}|\\["'\\/bfnrt]|%u[0-9a-f]{4}|%[0-7][0-9a-f]|%[cd][0-9a-f]%[89ab][0-9a-f]|%e[0-9a-f](?:%[89ab][0-9a-f]){2}|%f[0-7](?:%[89ab][0-9a-f]){3}|&(?:#x[0-9a-f]{1,6}|#[0-9]{1,7}|amp|lt|gt|quot|apos|nbsp);/gi;
const sign = /[\\%&]/;
const controls: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };
const named: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: "\u00a0",
};

/** Takes one layer of escapes away; nothing where there is none. */
export function unescaped(text: string): string | undefined {
  if (!sign.test(text)) return undefined;
  const result = text.replaceAll(escape, meaningOf);
  return result === text ? undefined : result;
}

/** The same, with places: only where something was found is it worth their cost. */
export function unescapedWithPlaces(text: string): Unescaped {
  return rewritten(text, escape, meaningOf);
}

/** A text with other words for what a pattern finds, and where each of its characters came from. */
export function rewritten(text: string, found: RegExp, meaning: (written: string) => string): Unescaped {
  let result = "";
  let last = 0;
  const places: number[] = [];
  const copy = (end: number): void => {
    for (let at = last; at < end; at++) places.push(at);
    result += text.slice(last, end);
  };
  for (const { 0: written, index } of text.matchAll(found)) {
    copy(index);
    const meant = meaning(written);
    for (let at = 0; at < meant.length; at++) places.push(index);
    result += meant;
    last = index + written.length;
  }
  copy(text.length);
  places.push(text.length);
  return { text: result, places: Uint32Array.from(places) };
}

/** A text without any layer. */
export function plainForm(text: string): string {
  let plain = text;
  for (let next = unescaped(plain); next !== undefined; next = unescaped(plain)) plain = next;
  return plain;
}

function meaningOf(written: string): string {
  const second = written[1] ?? "";
  switch (written[0]) {
    case "%":
      return percent(written);
    case "&":
      return second === "#" ? codePoint(written) : (named[written.slice(1, -1).toLowerCase()] ?? written);
    default:
      if (/^[ux]$/i.test(second)) return String.fromCharCode(Number.parseInt(written.slice(2), 16));
      return controls[second] ?? second;
  }
}

function percent(written: string): string {
  if (/u/i.test(written[1] ?? "")) return String.fromCharCode(Number.parseInt(written.slice(2), 16));
  try {
    return decodeURIComponent(written);
  } catch {
    return written; // bytes of no character
  }
}

function codePoint(written: string): string {
  const isHex = /x/i.test(written[2] ?? "");
  const code = Number.parseInt(written.slice(isHex ? 3 : 2, -1), isHex ? 16 : 10);
  return code <= 0x10_ffff ? String.fromCodePoint(code) : written;
}
