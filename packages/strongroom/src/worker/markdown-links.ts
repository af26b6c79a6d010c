/** Destinations of links: found in time that grows with the text, and only those that cannot run code. */

const maxHrefChars = 2_048;
const maxTitleChars = 1_000;
const maxParens = 32;

const scheme = /^[a-z][a-z0-9+.-]*:/i;
const allowedScheme = /^(?:https?:\/\/|mailto:)/i;
// Control characters and spaces: browsers strip them, so that a scheme could hide behind them.
// oxlint-disable-next-line no-control-regex -- these are what is looked for
const unsafe = /[\u0000-\u0020\u007f-\u00a0\u2028\u2029\ufeff\\]/;

/** The destination if a page may link to it: http, https, mailto, or a path of this site. */
export function safeHref(href: string): string | undefined {
  if (href === "" || href.length > maxHrefChars || unsafe.test(href) || href.startsWith("//"))
    return undefined;
  return !scheme.test(href) || allowedScheme.test(href) ? href : undefined;
}

const entities: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: "\u00a0",
  copy: "©",
  reg: "®",
  deg: "°",
  plusmn: "±",
  times: "×",
  divide: "÷",
  middot: "·",
  ndash: "–",
  mdash: "—",
  hellip: "…",
  laquo: "«",
  raquo: "»",
  euro: "€",
  larr: "←",
  uarr: "↑",
  rarr: "→",
  darr: "↓",
  le: "≤",
  ge: "≥",
  ne: "≠",
};
const entity = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]{2,8}));/y;

/** The character that an entity at this place stands for, and where the text goes on. */
export function entityAt(
  text: string,
  at: number,
): { readonly char: string; readonly end: number } | undefined {
  entity.lastIndex = at;
  const match = entity.exec(text);
  if (match === null) return undefined;
  const [whole, decimal, hex, name] = match;
  const char =
    name === undefined ? fromCode(decimal, hex) : Object.hasOwn(entities, name) ? entities[name] : undefined;
  return char === undefined ? undefined : { char, end: at + whole.length };
}

function fromCode(decimal: string | undefined, hex: string | undefined): string {
  const code = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
  const isReal = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return isReal ? String.fromCodePoint(code) : "\ufffd";
}

/** True for the characters that a backslash takes the meaning from. */
export function isEscapable(code: number): boolean {
  return (
    (code >= 33 && code <= 47) ||
    (code >= 58 && code <= 64) ||
    (code >= 91 && code <= 96) ||
    (code >= 123 && code <= 126)
  );
}

/** The destination with its escapes and entities read. */
function plain(written: string): string {
  let text = "";
  for (let at = 0; at < written.length;) {
    const code = written.charCodeAt(at);
    if (code === 92 && isEscapable(written.charCodeAt(at + 1))) {
      text += written[at + 1];
      at += 2;
      continue;
    }
    const found = code === 38 ? entityAt(written, at) : undefined;
    text += found?.char ?? written[at];
    at = found?.end ?? at + 1;
  }
  return text;
}

/** A link's destination as it was written, and where the text goes on. */
export interface Destination {
  /** Empty where the page may not link to it. */
  readonly href: string;
  readonly end: number;
}

function skipSpace(text: string, at: number): number {
  let end = at;
  while (end < text.length && (text[end] === " " || text[end] === "\n" || text[end] === "\t")) end++;
  return end;
}

/** Reads `(destination "title")` from its bracket on. */
export function destinationAt(text: string, at: number): Destination | undefined {
  if (text[at] !== "(") return undefined;
  const start = skipSpace(text, at + 1);
  const end = text[start] === "<" ? angleEnd(text, start) : bareEnd(text, start);
  if (end === undefined) return undefined;
  const written = text[start] === "<" ? text.slice(start + 1, end - 1) : text.slice(start, end);
  const afterTitle = titleEnd(text, end);
  const close = afterTitle === undefined ? undefined : skipSpace(text, afterTitle);
  if (close === undefined || text[close] !== ")") return undefined;
  return { href: safeHref(plain(written)) ?? "", end: close + 1 };
}

function angleEnd(text: string, start: number): number | undefined {
  const most = Math.min(text.length, start + maxHrefChars);
  for (let at = start + 1; at < most; at++) {
    if (text[at] === ">") return at + 1;
    if (text[at] === "<" || text[at] === "\n") return undefined;
    if (text[at] === "\\") at++;
  }
  return undefined;
}

/** Where a destination without `<>` ends: at a space, or at the bracket that closes the link. */
function bareEnd(text: string, start: number): number | undefined {
  const most = Math.min(text.length, start + maxHrefChars);
  let depth = 0;
  for (let at = start; at < most; at++) {
    const code = text.charCodeAt(at);
    if (code <= 32) return depth === 0 ? at : undefined;
    if (code === 40 && ++depth > maxParens) return undefined;
    if (code === 41 && --depth < 0) return at;
    if (code === 92) at++;
  }
  return undefined;
}

const titleQuotes: Readonly<Record<string, string>> = { '"': '"', "'": "'", "(": ")" };

/** Where the title after a destination ends; there, when there is none. */
function titleEnd(text: string, end: number): number | undefined {
  const start = skipSpace(text, end);
  const close = start === end ? undefined : titleQuotes[text[start] ?? ""];
  if (close === undefined) return end;
  const most = Math.min(text.length, start + maxTitleChars);
  for (let at = start + 1; at < most; at++) {
    if (text[at] === close) return at + 1;
    if (text[at] === "\\") at++;
  }
  return undefined;
}

/** How a link's definition is found by what stands in its brackets. */
export function referenceLabel(written: string): string {
  return written.trim().replace(/\s+/g, " ").toLowerCase();
}

const definition =
  /^ {0,3}\[([^[\]]{1,200})\]:[ \t]*(?:<([^<>\n]{0,2048})>|([^\s<>]{1,2048}))(?:[ \t]+["'(].*)?$/;

/** Reads a line that defines a link: `[label]: destination`. */
export function definitionIn(line: string): { readonly label: string; readonly href: string } | undefined {
  const match = line.includes("]:") ? definition.exec(line.trimEnd()) : null;
  if (match === null) return undefined;
  return { label: referenceLabel(match[1] ?? ""), href: safeHref(plain(match[2] ?? match[3] ?? "")) ?? "" };
}

/** A link that is written as nothing but its address. */
export interface Address {
  readonly href: string;
  readonly text: string;
  readonly end: number;
}

const mail = /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}$/i;

/** Reads `<https://…>` and `<name@example.com>`. */
export function angleAddressAt(text: string, at: number): Address | undefined {
  const end = text.slice(at, at + maxHrefChars).search(/[>\s]|(?!^)</) + at;
  if (end <= at || text[end] !== ">") return undefined;
  const written = text.slice(at + 1, end);
  const wanted = mail.test(written) ? `mailto:${written}` : written;
  const href = allowedScheme.test(wanted) ? safeHref(wanted) : undefined;
  return href === undefined ? undefined : { href, text: written, end: end + 1 };
}

const addressEnd = /[\s<>\\\]]/g;

/** Reads an address that begins with `https://`, `http://` or `www.`; without a link where it is none. */
export function bareAddressAt(
  text: string,
  at: number,
): { readonly end: number; readonly href: string | undefined } {
  addressEnd.lastIndex = at;
  const end = addressEnd.exec(text)?.index ?? text.length;
  if (end - at > maxHrefChars) return { end, href: undefined };
  const written = text.slice(at, trimmedEnd(text, at, end));
  const href = written.startsWith("www.") ? `https://${written}` : written;
  const hasHost = /^https?:\/\/[\p{L}\p{N}]/iu.test(href);
  return { end: at + written.length, href: hasHost ? safeHref(href) : undefined };
}

/** Without what closes the sentence round an address, and without brackets that were opened before it. */
function trimmedEnd(text: string, start: number, end: number): number {
  let open = 0;
  for (let at = start; at < end; at++) open += text[at] === "(" ? 1 : text[at] === ")" ? -1 : 0;
  let last = end;
  for (; last > start; last--) {
    const char = text[last - 1] ?? "";
    if (char === ")" && open < 0) open++;
    else if (!"?!.,:;*_~'\"".includes(char)) break;
  }
  return last;
}

const mailHost = /@([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8})/iy;

/** Reads a mail address round its `@`: how many characters before it belong to it, and where it ends. */
export function mailAround(
  text: string,
  at: number,
): { readonly start: number; readonly end: number } | undefined {
  mailHost.lastIndex = at;
  const host = mailHost.exec(text)?.[1];
  if (host === undefined || host.endsWith("-")) return undefined;
  let start = at;
  while (start > 0 && at - start < 64 && /[a-z0-9.+_-]/i.test(text[start - 1] ?? "")) start--;
  return start === at ? undefined : { start, end: at + 1 + host.length };
}
