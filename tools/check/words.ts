import { readFileSync } from "node:fs";
import { root } from "../paths.ts";
import { repositoryFiles } from "./files.ts";

interface Rule {
  readonly pattern: RegExp;
  readonly files: RegExp;
  readonly why: string;
}

const code = /\.(ts|tsx|mjs|css)$/;
const text = /\.(ts|tsx|mjs|css|md|json|toml|sh|html|svg)$|^\.ci\//;
const checkout = new RegExp(`${RegExp.escape(root)}\\b`);

const rules: readonly Rule[] = [
  {
    pattern: /\b(TODO|FIXME|XXX|HACK)\b(?!.*#\d+)/,
    files: code,
    why: "name the issue by its number, or do it",
  },
  {
    pattern: /SPDX-License|Copyright \(c\)/i,
    files: code,
    why: "no licence heads: LICENSE stands at the root",
  },
  { pattern: /^\s*export \* from/, files: code, why: "name what is exported" },
  {
    pattern: /@ts-(nocheck|ignore)/,
    files: code,
    why: "mend the type, or use @ts-expect-error in a type test",
  },
  { pattern: /\b(test|it|describe)\.only\(/, files: code, why: "the other tests would be skipped" },
  { pattern: /^(<{7}|>{7}|={7})( |$)/, files: text, why: "a merge was left half done" },
  { pattern: /(^|[\s"'`(])\/(home|Users)\/\w/, files: text, why: "a path of one person's machine" },
  { pattern: checkout, files: text, why: "a path of one person's machine" },
  {
    pattern: /"resolved": "https?:\/\/(?!registry\.npmjs\.org\/)/,
    files: /package-lock\.json$/,
    why: "a registry of one person's machine",
  },
];

const drawers = /(^|\/)(utils?|helpers?|common|misc|shared)(\.[a-z]+)?(\/|$)/;
const rootNames =
  /^(README|ARCHITECTURE|CONTRIBUTING|SECURITY|CHANGELOG)\.md$|^LICENSE$|^package(-lock)?\.json$|^tsconfig(\.\w+)?\.json$|^\.|\.config\.ts$/;
const self = "tools/check/words.ts";

/** Words and names that do not belong in this repository. */
export function checkWords(): readonly string[] {
  return repositoryFiles().flatMap((path) => [...checkName(path), ...(path === self ? [] : checkText(path))]);
}

function checkName(path: string): readonly string[] {
  const problems: string[] = [];
  if (drawers.test(path))
    problems.push(`${path}: a drawer fills up; name it for the one thing that it holds`);
  if (/\/index\.tsx?$/.test(path))
    problems.push(`${path}: name it for what it holds; index is for a package's door`);
  if (/[A-Z_ ]/.test(path) && code.test(path)) problems.push(`${path}: kebab-case`);
  if (!path.includes("/") && !rootNames.test(path))
    problems.push(`${path}: the root holds documents and settings only`);
  return problems;
}

function checkText(path: string): readonly string[] {
  const applying = rules.filter(({ files }) => files.test(path));
  if (applying.length === 0) return [];
  return readFileSync(path, "utf8")
    .split("\n")
    .flatMap((line, at) =>
      applying.filter(({ pattern }) => pattern.test(line)).map(({ why }) => `${path}:${at + 1}: ${why}`),
    );
}
