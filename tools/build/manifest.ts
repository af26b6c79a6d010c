import { gzipSync } from "node:zlib";
import { basename } from "node:path";
import type { Metafile } from "esbuild";
import type { Assets } from "./styles.ts";

/** What the gateway reads about the browser bundle: `dist/browser/manifest.json`. Paths are from `dist/browser`. */
export interface Manifest {
  /** The module that every page loads. */
  readonly entry: string;
  /** What `entry` imports before it runs: to be preloaded with it. */
  readonly entryChunks: readonly string[];
  /** The module of pages that stand beside the app's. */
  readonly beside: string;
  readonly css: readonly string[];
  /** The one script that stands in the document itself, as text. */
  readonly firstScript: string;
  /** By kind of element: its view's module and what that imports, without what the entry has loaded. */
  readonly views: Readonly<Record<string, readonly string[]>>;
  /** Every file below `assets`, and no other, may be served. */
  readonly files: Readonly<Record<string, { readonly bytes: number; readonly gzip: number }>>;
}

interface Sources {
  readonly firstScript: string;
  readonly entry: string;
  /** The script of pages that stand beside the app's: one file. */
  readonly beside: Assets;
  /** By kind: the module whose chunk draws it. */
  readonly views: ReadonlyMap<string, string>;
}

/** Reads from the bundler's report what a page needs to load. */
export function manifestOf(
  scripts: Assets,
  styles: Assets,
  { entry, beside, firstScript, views: modules }: Sources,
): Manifest {
  const outputs = Object.entries(scripts.metafile.outputs);
  // What the entry shares with views is in a chunk of its own, and so is the entry: that chunk is what a page loads.
  const main = outputs.find(([, { inputs }]) => (inputs[entry]?.bytesInOutput ?? 0) > 0)?.[0];
  if (main === undefined) throw new Error(`The bundler made nothing of ${entry}.`);
  const loaded = closure(main, scripts.metafile);
  const [script] = beside.outputFiles;
  if (script === undefined) throw new Error("The bundler made nothing of the pages beside the app's.");
  const views: Record<string, readonly string[]> = {};
  for (const [kind, module] of modules) {
    const path = outputs.find(([, { entryPoint }]) => entryPoint === module)?.[0];
    if (path !== undefined)
      views[kind] = [...closure(path, scripts.metafile)].filter((chunk) => !loaded.has(chunk)).map(asset);
  }
  const files = [...scripts.outputFiles, script, ...styles.outputFiles];
  return {
    entry: asset(main),
    entryChunks: [...loaded].filter((chunk) => chunk !== main).map(asset),
    beside: asset(script.path),
    css: styles.outputFiles.filter(({ path }) => path.endsWith(".css")).map(({ path }) => asset(path)),
    firstScript,
    views: sorted(views),
    files: sorted(Object.fromEntries(files.map((file) => [asset(file.path), sizes(file.contents)]))),
  };
}

/** A chunk and all chunks that must be there before it runs. */
function closure(path: string, metafile: Metafile, found = new Set<string>()): Set<string> {
  found.add(path);
  for (const imported of metafile.outputs[path]?.imports ?? []) {
    if (imported.kind === "import-statement" && imported.external !== true && !found.has(imported.path)) {
      closure(imported.path, metafile, found);
    }
  }
  return found;
}

function asset(path: string): string {
  return `assets/${basename(path)}`;
}

function sizes(contents: Uint8Array): { bytes: number; gzip: number } {
  return { bytes: contents.length, gzip: gzipSync(contents).length };
}

function sorted<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
