/** The lines of an audit log, each bound to all before it by a code that only the holder of the key can make. */
import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";

/** Where a chain stands: how many entries it has, and the code of the last. */
export interface Link {
  readonly n: number;
  readonly code: string;
}

/** One event as it is written. */
export interface Entry {
  readonly at: string;
  readonly kind: string;
  readonly outcome: "done" | "refused";
  readonly viewer?: string;
  readonly subject?: string;
  readonly address?: string;
  readonly detail?: string;
  /** So many of the kind came too fast before this one, and have no line of their own. */
  readonly unsaid?: number;
}

/** Before the first entry of all. */
export const beginning: Link = { n: 0, code: "" };
/** No line is longer: the last two of a file stand in its last bytes. */
export const maxLineChars = 4_096;

const codeGrammar = /^[A-Za-z0-9_-]{43}$/;
const lineGrammar = /^(\{"n":(\d{1,15}),.*),"code":"([A-Za-z0-9_-]{43})"\}$/;

/** The key of audit logs, from the key under which everything at rest is kept. */
export function auditKey(root: Buffer): Buffer {
  return Buffer.from(hkdfSync("sha256", root, "", "strongroom audit 1", 32));
}

/** A line for what comes next, and where the chain stands with it. */
export function lineAfter(key: Buffer, previous: Link, entry: Entry): { line: string; link: Link } {
  const n = previous.n + 1;
  const { at, ...rest } = entry;
  const open = plain(JSON.stringify({ n, at, ...rest })).slice(0, -1);
  const code = codeOf(key, `${previous.code}\n${open}`);
  return { line: `${open},"code":"${code}"}\n`, link: { n, code } };
}

/** Where a line says that the chain stands; nothing where it is no line of ours. */
export function readLink(line: string): Link | undefined {
  const [, , n, code] = lineGrammar.exec(line) ?? [];
  return n === undefined || code === undefined ? undefined : { n: Number(n), code };
}

/** True for the one line that can follow. */
export function isNext(key: Buffer, previous: Link, line: string): boolean {
  const [, open, n, code] = lineGrammar.exec(line) ?? [];
  if (open === undefined || code === undefined || Number(n) !== previous.n + 1) return false;
  return isCode(key, `${previous.code}\n${open}`, code);
}

/** What a log's head says: where the kept part begins, and where it ends. */
export interface Head {
  readonly from: Link;
  readonly to: Link;
}

export function headText(key: Buffer, { from, to }: Head): string {
  const text = `${from.n} ${from.code || "-"} ${to.n} ${to.code || "-"}`;
  // Of one length: it is written in one piece over the last one.
  return `${text} ${codeOf(key, `head\n${text}`)}`.padEnd(255, " ") + "\n";
}

/** Nothing where it was not written with this key. */
export function readHead(key: Buffer, written: string): Head | undefined {
  const [n, code, toN, toCode, proof] = written.trimEnd().split(" ");
  if (proof === undefined || !isCode(key, `head\n${n} ${code} ${toN} ${toCode}`, proof)) return undefined;
  return { from: linkOf(n, code), to: linkOf(toN, toCode) };
}

function linkOf(n: string | undefined, code: string | undefined): Link {
  return { n: Number(n), code: code === undefined || code === "-" ? "" : code };
}

function codeOf(key: Buffer, text: string): string {
  return createHmac("sha256", key).update(text).digest("base64url");
}

function isCode(key: Buffer, text: string, code: string): boolean {
  return codeGrammar.test(code) && timingSafeEqual(Buffer.from(codeOf(key, text)), Buffer.from(code));
}

/** ASCII alone: no text of a stranger can begin a line, move a terminal's cursor or turn the direction of reading. */
function plain(json: string): string {
  return json.replaceAll(/[^\x20-\x7e]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
