import { readFileSync } from "node:fs";
import { repositoryFiles } from "./files.ts";

interface Limit {
  readonly files: RegExp;
  readonly maxLines: number;
}

/** The first that fits a file counts. Lengths of functions are the linter's. */
const limits: readonly Limit[] = [
  { files: /\.test\.tsx?$/, maxLines: 500 },
  { files: /^packages\/[^/]+\/src\/(wire|gateway|secrets|broker)\//, maxLines: 200 },
  { files: /\.(ts|tsx|css|mjs|md)$/, maxLines: 500 },
];

/** Every file that has outgrown its limit. */
export function checkSizes(): readonly string[] {
  return repositoryFiles().flatMap((path) => {
    const limit = limits.find(({ files }) => files.test(path));
    if (limit === undefined) return [];
    const lines = readFileSync(path, "utf8").trimEnd().split("\n").length;
    return lines > limit.maxLines ? [`${path} has ${lines} lines; ${limit.maxLines} are the limit`] : [];
  });
}
