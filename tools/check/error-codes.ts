import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../paths.ts";
import { repositoryFiles } from "./files.ts";

const page = "docs/errors.md";
/** Codes of Node itself, which we only read. */
const ofNode = new Set([
  "ERR_HTTP_REQUEST_TIMEOUT",
  "ERR_SCRIPT_EXECUTION_TIMEOUT",
  "ERR_TLS_CERT_ALTNAME_INVALID",
]);

/** Codes that the source knows and the page does not, or the other way round. */
export function checkErrorCodes(): readonly string[] {
  const documented = codesIn(readFileSync(join(root, page), "utf8"), /^\| `(ERR_[A-Z_]+)` \|/gm);
  const used = new Set<string>();
  for (const path of repositoryFiles()) {
    if (!/^packages\/strongroom\/src\/.*\.tsx?$/.test(path) || /\.test\.tsx?$/.test(path)) continue;
    for (const code of codesIn(readFileSync(join(root, path), "utf8"), /"(ERR_[A-Z_]+)"/g)) used.add(code);
  }
  return [
    ...[...used]
      .filter((code) => !documented.has(code) && !ofNode.has(code))
      .map((code) => `${page} lacks ${code}`),
    ...[...documented]
      .filter((code) => !used.has(code))
      .map((code) => `${page}: nothing throws ${code} any more; say so there, and keep it`),
  ];
}

function codesIn(text: string, pattern: RegExp): Set<string> {
  return new Set([...text.matchAll(pattern)].map((match) => match[1] ?? ""));
}
