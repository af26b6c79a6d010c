import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { build, formatMessages, type BuildFailure, type BuildOptions, type Metafile } from "esbuild";
import { packagesIn } from "./bundled.ts";
import { planChunks, type Chunks } from "./chunks.ts";
import { fontFaces } from "./fonts.ts";
import { refuseBuiltins, violations } from "./guard.ts";
import { manifestOf } from "./manifest.ts";
import { packed, type Made } from "./packed.ts";
import { bundleStyles, Styles, type Assets } from "./styles.ts";

const mainEntry = "src/browser/main.tsx";
const firstEntry = "src/browser/first-script.ts";
const besideEntry = "src/browser/beside.ts";
const renderEntry = "src/browser/render.tsx";
const registry = "src/elements/views.ts";

const shared = {
  bundle: true,
  format: "esm",
  jsx: "automatic",
  define: { "process.env.NODE_ENV": '"production"' },
  legalComments: "none",
  metafile: true,
  write: false,
  logLevel: "silent",
} satisfies BuildOptions;

/** Bundles the page's code, the same code for rendering on the server, styles and fonts. Answers what is wrong with them. */
export function buildBrowser(packageRoot: string): Promise<readonly string[]> {
  return bundling(packageRoot, writeAll);
}

/** What must not be in the bundles of the browser, without writing them. */
export function guardBrowser(packageRoot: string): Promise<readonly string[]> {
  return bundling(packageRoot, refusedIn);
}

async function bundling(
  packageRoot: string,
  use: (bundles: Bundles) => readonly string[] | Promise<readonly string[]>,
): Promise<readonly string[]> {
  if (!existsSync(join(packageRoot, mainEntry))) return [`${mainEntry} is missing: nothing to bundle`];
  try {
    return await use(await bundleAll(packageRoot, join(packageRoot, "dist", "browser")));
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    return formatMessages(error.errors, { kind: "error" });
  }
}

type Bundles = Awaited<ReturnType<typeof bundleAll>>;

async function bundleAll(packageRoot: string, outdir: string) {
  const styles = new Styles();
  const chunks = await planChunks({ packageRoot, path: registry, entry: mainEntry });
  const [scripts, beside, first, render] = await Promise.all([
    bundleScripts(packageRoot, outdir, { styles, chunks }),
    bundleBeside(packageRoot, outdir),
    bundleFirst(packageRoot),
    bundleRender(packageRoot, outdir, styles),
  ]);
  return { packageRoot, outdir, styles, chunks, scripts, beside, first, render };
}

function refusedIn({ scripts, first, beside, render }: Bundles): readonly string[] {
  const refused = [
    ...violations(scripts.metafile.inputs, mainEntry),
    ...violations(first.metafile.inputs, firstEntry),
    ...violations(beside.metafile.inputs, besideEntry),
    ...violations(render?.metafile.inputs ?? {}, renderEntry),
  ];
  return [...new Set(refused)];
}

async function writeAll(bundles: Bundles): Promise<readonly string[]> {
  const refused = refusedIn(bundles);
  if (refused.length > 0) return refused;
  const { packageRoot, outdir, styles, chunks, scripts, beside, first, render } = bundles;
  const sheets = sheetsOf(scripts.metafile.inputs).map((path) => join(packageRoot, path));
  const css = await bundleStyles(sheets, { head: fontFaces(), styles, outdir: join(outdir, "assets") });
  const manifest = manifestOf(scripts, css, {
    entry: mainEntry,
    beside,
    firstScript: textOf(first),
    views: chunks.modules,
  });
  const assets = [scripts, beside, css].flatMap(({ outputFiles }) => outputFiles);
  await writeAssets(join(outdir, "assets"), assets);
  for (const file of render?.outputFiles ?? []) writeWhole(file.path, file.contents);
  writeJson(join(outdir, "manifest.json"), manifest);
  const reports = [scripts, css, ...(render === undefined ? [] : [render])].map(({ metafile }) => metafile);
  writeJson(join(outdir, "packages.json"), packagesIn(reports));
  return [];
}

function bundleScripts(
  packageRoot: string,
  outdir: string,
  { styles, chunks }: { styles: Styles; chunks: Chunks },
): Promise<Assets> {
  return build({
    ...shared,
    absWorkingDir: packageRoot,
    entryPoints: [mainEntry],
    outdir: join(outdir, "assets"),
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    splitting: true,
    minify: true,
    platform: "browser",
    target: "es2022",
    plugins: [...chunks.plugins, styles.plugin, refuseBuiltins],
  });
}

/** A file of its own: what it shares with the app's pages must not take these apart. */
function bundleBeside(packageRoot: string, outdir: string): Promise<Assets> {
  return build({
    ...shared,
    absWorkingDir: packageRoot,
    entryPoints: [besideEntry],
    outdir: join(outdir, "assets"),
    entryNames: "[name]-[hash]",
    minify: true,
    platform: "browser",
    target: "es2022",
    plugins: [refuseBuiltins],
  });
}

/** The script that stands in the document: one text, which needs nothing else. */
function bundleFirst(packageRoot: string): Promise<Assets> {
  return build({
    ...shared,
    absWorkingDir: packageRoot,
    entryPoints: [firstEntry],
    outdir: packageRoot,
    format: "iife",
    minify: true,
    platform: "browser",
    target: "es2022",
    plugins: [refuseBuiltins],
  });
}

function textOf({ outputFiles }: Assets): string {
  const text = (outputFiles[0]?.text ?? "").trim();
  // It would end there, or not: HTML's rules for what stands in a script.
  if (/<\/script|<!--/i.test(text))
    throw new Error(`${firstEntry} holds what cannot stand in a script element.`);
  return text;
}

async function bundleRender(
  packageRoot: string,
  outdir: string,
  styles: Styles,
): Promise<Assets | undefined> {
  if (!existsSync(join(packageRoot, renderEntry))) return undefined;
  return build({
    ...shared,
    absWorkingDir: packageRoot,
    entryPoints: [renderEntry],
    outdir,
    entryNames: "render",
    // Parts of React for servers are CommonJS and ask for Node's modules by `require`.
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
    minifySyntax: true,
    platform: "node",
    target: "node24",
    plugins: [styles.plugin],
  });
}

/**
 * The style sheets as modules import them: what is loaded at once first, then each lazy part by name. An element's own
 * come last wherever it imports them, so that it can change what a shared control looks like.
 */
function sheetsOf(inputs: Metafile["inputs"]): readonly string[] {
  const entered = new Set<string>();
  const sheets: string[] = [];
  const lazy: string[] = [];
  const visit = (path: string): void => {
    if (entered.has(path)) return;
    entered.add(path);
    for (const { path: imported, kind } of inputs[path]?.imports ?? []) {
      if (kind === "dynamic-import") lazy.push(imported);
      else visit(imported);
    }
    if (path.endsWith(".css")) sheets.push(path);
  };
  visit(mainEntry);
  while (lazy.length > 0) lazy.splice(0).sort().forEach(visit);
  const isOwn = (path: string): number => Number(path.startsWith("src/elements/"));
  return sheets.sort((a, b) => isOwn(a) - isOwn(b));
}

/** Writes what is new, packed too, and removes what no page of this build asks for. */
async function writeAssets(folder: string, files: readonly Made[]): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const missing = files.filter(({ path }) => !existsSync(path));
  // The packed ones first: a file that is there has been packed.
  for (const { path, contents } of [...(await packed(missing)), ...missing]) writeWhole(path, contents);
  const wanted = new Set(files.map(({ path }) => basename(path)));
  for (const name of readdirSync(folder))
    if (!wanted.has(name.replace(/\.br$/, ""))) rmSync(join(folder, name));
}

function writeJson(path: string, value: unknown): void {
  writeWhole(path, `${JSON.stringify(value, null, 2)}\n`);
}

/** Writes beside and renames: who reads meanwhile has the old file or the new one, never half of one. */
function writeWhole(path: string, contents: string | Uint8Array): void {
  const beside = `${path}.${process.pid}.part`;
  writeFileSync(beside, contents);
  renameSync(beside, path);
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && "errors" in error && Array.isArray(error.errors);
}
