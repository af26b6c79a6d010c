/** In which forms a secret may stand in what leaves the server. */
import type { Json } from "../wire/schema.ts";
import { base64Forms, byteLists, hexForms, rareForms, rarePlainForms } from "./encodings.ts";
import { plainForm } from "./escapes.ts";

export interface Form {
  readonly text: string;
  /** A piece of so many characters is hidden, too; 0 where only the whole is. */
  readonly leastPiece: number;
  /** True for a number as it is written: digits beside it make another one of it. */
  readonly isNumber?: boolean;
  /** True for bytes as text: it may be broken into lines. */
  readonly isEncoded?: boolean;
}

/** A secret by the names that lead to it. */
export interface NamedSecret {
  readonly name: string;
  readonly text: string;
}

const minChars = 6;
const minLineChars = 16;
/** Words and numbers that are shorter stand in many texts by chance. */
const minWordChars = 12;
const minDigits = 8;
const number = /^[\d.,+-]+$/;
const minToken = 10;
const piece = { plain: 8, base64: 12, hex: 16, bytes: 36 } as const;

/** Every text and number among the values, with its name: `mail.password`. */
export function secretTexts(value: Json, name = ""): readonly NamedSecret[] {
  if (typeof value === "string") return [{ name, text: value }];
  if (typeof value === "number") return [{ name, text: String(value) }];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    secretTexts(item, name === "" ? key : `${name}.${key}`),
  );
}

/** The texts of all secrets but those that may be shown, by name or by section. */
export function hiddenTexts(value: Json, shown: readonly string[]): readonly string[] {
  return secretsBut(value, shown).map(({ text }) => text);
}

/** Names of those that should be hidden and cannot be. */
export function plainNames(value: Json, shown: readonly string[]): readonly string[] {
  return secretsBut(value, shown)
    .filter(({ text }) => text !== "" && isTooPlain(text))
    .map(({ name }) => name);
}

/** What is said of them. */
export function plainWords(names: readonly string[]): string {
  const are = names.length === 1 ? "is" : "are";
  return `${names.join(", ")} ${are} too short (or too common a word) to be hidden in what leaves the server: use at least 8 characters with letters and digits.`;
}

function secretsBut(value: Json, shown: readonly string[]): readonly NamedSecret[] {
  return secretTexts(value).filter(
    ({ name }) => !shown.some((one) => name === one || name.startsWith(`${one}.`)),
  );
}

/** True for what cannot be told from any other text: to hide it would hide half of a page. */
export function isTooPlain(text: string): boolean {
  const { length } = text.trim();
  if (length < minChars) return true;
  if (number.test(text)) return length < minDigits;
  return /^\p{L}\p{Ll}*$/u.test(text) && length < minWordChars;
}

/** All forms of one secret. */
export function formsOf(secret: string): readonly Form[] {
  const texts = new Set([secret, ...partsOf(secret)].map((text) => text.trim()));
  const forms: Form[] = [];
  for (const text of texts) if (!isTooPlain(text)) forms.push(...formsOfText(text));
  return forms;
}

/** What is a secret by itself within another one: lines of a key, the password of a URL or of a connection text. */
function partsOf(secret: string): readonly string[] {
  const lines = secret.split(/\r?\n/);
  const parts = lines.length > 1 ? lines.filter((line) => line.trim().length >= minLineChars) : [];
  for (const [, password = ""] of secret.matchAll(/[a-z][a-z0-9+.-]*:\/\/[^\s/@:]*:([^\s@]+)@/gi))
    parts.push(password, plainForm(password));
  for (const [, value = ""] of secret.matchAll(
    /\b(?:password|passwd|pwd|secret|token|\w*key)\s*=\s*"?([^\s;"&]+)/gi,
  ))
    parts.push(value, plainForm(value));
  return parts.filter((part) => !/^-----(BEGIN|END) /.test(part));
}

function formsOfText(text: string): readonly Form[] {
  const bytes = Buffer.from(text);
  const isRandom = looksRandom(text);
  const plain = [...new Set([text, text.replaceAll(" ", "+"), plainForm(text)])];
  const isNumber = number.test(text);
  const rarePlain = rarePlainForms(text).filter((form) => !plain.includes(form) && !isTooPlain(form));
  const encoded = (texts: readonly string[], least: number): readonly Form[] =>
    texts.map((form) => ({ text: form, leastPiece: isRandom ? least : 0, isEncoded: true }));
  return [
    ...plain.map((form) => ({ text: form, leastPiece: isRandom ? piece.plain : 0, isNumber })),
    ...rarePlain.map((form) => ({ text: form, leastPiece: 0 })),
    ...encoded(base64Forms(bytes), piece.base64),
    ...encoded(hexForms(bytes), piece.hex),
    ...encoded(byteLists(bytes), piece.bytes),
    ...rareForms(text).map((form) => ({ text: form, leastPiece: 0, isEncoded: true })),
  ];
}

/** True for keys, tokens and passwords: pieces of them stand nowhere by chance. Addresses and sentences are not. */
function looksRandom(text: string): boolean {
  if (text.length < minToken || /\s|:\/\/|^[^@]+@[\w-]+(\.[\w-]+)+$/.test(text)) return false;
  return isMixed(text) && new Set(text).size >= minChars;
}

/** True where letters and digits, or large letters and small ones, stand mixed as no word has them. */
export function isMixed(text: string): boolean {
  if (/[a-z]/i.test(text) && /\d/.test(text)) return true;
  return (text.match(/[a-z](?=[A-Z])|[A-Z](?=[a-z])/g)?.length ?? 0) >= 4;
}
