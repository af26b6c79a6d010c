import type { Accept } from "../../wire/upload.ts";
import { signatures } from "./signatures.ts";

/** So many first bytes tell what a file is. */
export const headBytes = 4_096;

const unknown = "application/octet-stream";
/** Types of text by ending: what has one of these holds text and nothing else. */
const texts: Readonly<Record<string, string>> = {
  ".csv": "text/csv",
  ".tsv": "text/tab-separated-values",
  ".txt": "text/plain",
  ".text": "text/plain",
  ".log": "text/plain",
  ".md": "text/markdown",
  ".markdown": "text/markdown",
  ".json": "application/json",
  ".jsonl": "application/x-ndjson",
  ".ndjson": "application/x-ndjson",
  ".geojson": "application/geo+json",
  ".ipynb": "application/x-ipynb+json",
  ".xml": "application/xml",
  ".html": "text/html",
  ".htm": "text/html",
  ".xhtml": "application/xhtml+xml",
  ".svg": "image/svg+xml",
  ".yaml": "application/yaml",
  ".yml": "application/yaml",
  ".toml": "application/toml",
  ".ini": "text/plain",
  ".cfg": "text/plain",
  ".conf": "text/plain",
  ".css": "text/css",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".ts": "text/plain",
  ".py": "text/x-python",
  ".sql": "application/sql",
  ".sh": "text/x-shellscript",
  ".rst": "text/plain",
  ".tex": "text/x-tex",
  ".ics": "text/calendar",
  ".vcf": "text/vcard",
  ".eml": "message/rfc822",
  ".rtf": "application/rtf",
};
/** What zip archives of these names hold. */
const zips: Readonly<Record<string, string>> = {
  ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
  ".xlsm": "application/vnd.ms-excel.sheet.macroenabled.12",
  ".ods": "application/vnd.oasis.opendocument.spreadsheet",
  ".odt": "application/vnd.oasis.opendocument.text",
  ".epub": "application/epub+zip",
  ".xls": "application/vnd.ms-excel",
  ".doc": "application/msword",
  ".ppt": "application/vnd.ms-powerpoint",
};
const signed: ReadonlySet<string> = new Set(signatures.flatMap(({ extensions }) => extensions));

export type Judged =
  | { readonly ok: true; readonly type: string }
  | { readonly ok: false; readonly reason: "name" | "content" };

/** What a file is, by its name and its first bytes together; refused where they disagree, or where it is not wanted. */
export function judgeType(name: string, head: Buffer, accept: Accept): Judged {
  const extension = extensionOf(name);
  const found = typeOf(extension, head);
  if (found === undefined) return { ok: false, reason: "content" };
  return isWanted(name, found, accept) ? { ok: true, type: found } : { ok: false, reason: "name" };
}

/** Could a file of this name be taken at all, before a byte of it is here? */
export function mayFit(name: string, { extensions, types }: Accept): boolean {
  return extensions.length === 0 || types.length > 0 || endsAs(name, extensions);
}

function typeOf(extension: string, head: Buffer): string | undefined {
  const text = texts[extension];
  const signature = signatures.find(({ fits }) => fits(head));
  if (signature !== undefined) {
    const isNamedSo = signature.extensions.includes(extension);
    // A name that says nothing may stand for anything but a program.
    if (!isNamedSo && (text !== undefined || signed.has(extension) || isProgram(signature.type)))
      return isCloseEnough(extension, signature.type) ? signature.type : undefined;
    return zips[extension] ?? signature.type;
  }
  if (text !== undefined) return isText(head) ? text : undefined;
  // Its name says how it begins, and it does not begin so; an empty file begins in no way.
  return signed.has(extension) && head.length > 0 ? misnamed(extension) : unknown;
}

/** Endings that several kinds share: what is no kind that we know may still be one of theirs. */
function misnamed(extension: string): string | undefined {
  return [
    ".db",
    ".bin",
    ".out",
    ".run",
    ".key",
    ".com",
    ".o",
    ".mat",
    ".nc",
    ".ai",
    ".mp3",
    ".class",
  ].includes(extension)
    ? unknown
    : undefined;
}

/** Sound and pictures in boxes that other endings are used for as well. */
function isCloseEnough(extension: string, type: string): boolean {
  return (
    /^(audio|video)\//.test(type) && /^\.(mp4|m4a|m4v|mov|webm|mkv|ogg|mp3|mpg|mpeg|3gp)$/.test(extension)
  );
}

function isProgram(type: string): boolean {
  return /portable-executable|x-elf|x-mach-binary/.test(type);
}

function isText(head: Buffer): boolean {
  const hasMark = head.length >= 2 && (head.readUInt16BE(0) === 0xfffe || head.readUInt16BE(0) === 0xfeff);
  return hasMark || !head.includes(0);
}

function isWanted(name: string, type: string, { extensions, types }: Accept): boolean {
  if (extensions.length === 0 && types.length === 0) return true;
  return endsAs(name, extensions) || types.some((wanted) => isOfType(type, wanted));
}

function endsAs(name: string, extensions: readonly string[]): boolean {
  const lower = name.toLowerCase();
  return extensions.some((extension) => lower.endsWith(extension) && lower.length > extension.length);
}

function isOfType(type: string, wanted: string): boolean {
  return wanted.endsWith("/*") ? type.startsWith(wanted.slice(0, -1)) : type === wanted;
}

function extensionOf(name: string): string {
  return /\.[a-z0-9_]{1,12}$/.exec(name.toLowerCase())?.[0] ?? "";
}
