import { readFileSync } from "node:fs";
import { join } from "node:path";
import { firstOf, logFiles, readHeadFile } from "./audit-files.ts";
import { auditKey, isNext, readHead, readLink, type Link } from "./chain.ts";

export type Verdict =
  | { readonly ok: true; readonly entries: number; readonly head: Link }
  /** `at` is the number of the first entry that is wrong. */
  | { readonly ok: false; readonly at: number; readonly why: string };

/** Reads an audit log from its first kept entry to its last, and says whether it is as it was written. */
export function verifyAudit(folder: string, root: Buffer): Verdict {
  const key = auditKey(root);
  const head = readHead(key, readHeadFile(folder) ?? "");
  if (head === undefined)
    return { ok: false, at: 0, why: "the head is missing, or was not written with this key" };
  let last = head.from;
  for (const file of logFiles(folder)) {
    if (firstOf(file) <= head.from.n) continue; // left by a stop in the midst of a rotation
    const found = verifyFile(key, last, readFileSync(join(folder, file), "latin1"));
    if ("ok" in found) return found;
    last = found;
  }
  if (last.n < head.to.n) {
    const why = `the log is cut off: ${head.to.n - last.n} at its end are missing`;
    return { ok: false, at: last.n + 1, why };
  }
  return { ok: true, entries: last.n - head.from.n, head: last };
}

function verifyFile(key: Buffer, before: Link, text: string): Link | (Verdict & { ok: false }) {
  let last = before;
  for (const line of text.split("\n")) {
    if (line === "") continue;
    if (!isNext(key, last, line)) return { ok: false, at: last.n + 1, why: whyNot(last, line) };
    last = readLink(line) ?? last;
  }
  return last;
}

function whyNot(last: Link, line: string): string {
  const link = readLink(line);
  if (link === undefined) return "it is no line of this log, or was cut";
  if (link.n > last.n + 1) return `entries ${last.n + 1} to ${link.n - 1} are missing`;
  if (link.n <= last.n) return `entry ${link.n} stands in its place`;
  return "it, or the one before it, was changed";
}
