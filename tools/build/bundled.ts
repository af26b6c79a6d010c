import type { Metafile } from "esbuild";

const below = "node_modules/";

/** The packages that bundles hold something of, by their places in the lock file, from the bundler's reports. */
export function packagesIn(reports: readonly Metafile[]): readonly string[] {
  const paths = reports
    .flatMap(({ outputs }) => Object.values(outputs))
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([path, { bytesInOutput }]) => bytesInOutput > 0 && path.includes(below))
    .map(([path]) => placeOf(path));
  return [...new Set(paths)].toSorted();
}

function placeOf(path: string): string {
  const start = path.lastIndexOf(below) + below.length;
  const [first = "", second = ""] = path.slice(start).split("/");
  const name = first.startsWith("@") ? `${first}/${second}` : first;
  return path.slice(path.indexOf(below), start) + name;
}
