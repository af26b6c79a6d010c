import { readApp, type CheckedApp, type CheckOrder } from "./app.ts";
import type { Finding, Severity } from "./finding.ts";
import { rules } from "./rules.ts";

/** What a check has found. */
export interface Report {
  /** The worst first, then by file and line. */
  readonly findings: readonly Finding[];
  /** Findings that a line of the author's allows, with a reason. */
  readonly allowed: number;
  readonly skipped: readonly { readonly id: string; readonly why: string }[];
  readonly files: number;
}

const order: readonly Severity[] = ["error", "warning", "note"];

/** Looks at an app by all rules. */
export async function check(asked: CheckOrder): Promise<Report> {
  const app = await readApp(asked);
  const findings: Finding[] = [];
  const skipped: { id: string; why: string }[] = [];
  let allowed = 0;
  const all = await Promise.all(rules.map(async (rule) => ({ rule, found: await rule.find(app) })));
  for (const { rule, found } of all) {
    if ("skipped" in found) {
      skipped.push({ id: rule.id, why: found.skipped });
      continue;
    }
    for (const one of found) {
      const finding = { severity: rule.severity, ...one, id: rule.id };
      if (isAllowed(app, finding)) allowed++;
      else findings.push(finding);
    }
  }
  return { findings: findings.toSorted(byWeight), allowed, skipped, files: app.files.length };
}

/** True where the line, or the one above, says `strongroom-allow CHK-…: why`. */
function isAllowed({ files }: CheckedApp, { id, file, line }: Finding): boolean {
  if (line === undefined) return false;
  const lines = files.find(({ path }) => path === file)?.text.split("\n") ?? [];
  const mark = new RegExp(`strongroom-allow ${id}: *\\S{2,}`);
  return lines.slice(Math.max(0, line - 2), line).some((text) => mark.test(text));
}

function byWeight(a: Finding, b: Finding): number {
  const [left, right] = [a, b].map(({ severity }) => order.indexOf(severity));
  if (left !== right) return (left ?? 0) - (right ?? 0);
  const [fileA, fileB] = [a.file ?? "", b.file ?? ""];
  if (fileA !== fileB) return fileA < fileB ? -1 : 1;
  return (a.line ?? 0) - (b.line ?? 0);
}

/** The report as people read it. */
export function reportText({ findings, allowed, skipped, files }: Report): string {
  const parts = findings.map(({ id, severity, file, line, problem, fix }) => {
    const place = file === undefined ? "" : `${file}${line === undefined ? "" : `:${line}`} `;
    return `${place}${severity} ${id}\n  ${indented(problem)}\n  ${indented(fix)}\n`;
  });
  const counts = order.flatMap((severity) => {
    const count = findings.filter((one) => one.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}${count === 1 ? "" : "s"}`];
  });
  const left = skipped.map(({ id, why }) => `${id} was skipped: ${why}.`);
  const more = allowed === 0 ? "" : `, ${allowed} allowed by a line of yours`;
  const sum = counts.length === 0 ? "Nothing found" : counts.join(", ");
  return [...parts, ...left, `${sum} in ${files} ${files === 1 ? "file" : "files"}${more}.`].join("\n");
}

function indented(text: string): string {
  return text.replaceAll("\n", "\n  ").trimEnd();
}
