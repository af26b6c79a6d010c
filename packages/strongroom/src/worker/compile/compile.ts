/** The compiler: the only module that knows the bundler. */
import { readFileSync } from "node:fs";
import { basename, dirname, extname, isAbsolute, join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import * as esbuild from "esbuild";
import type { Build } from "../../wire/compiler-frames.ts";
import {
  AuthorModuleError,
  authorModule,
  authorPlace,
  isPlainModule,
  withMap,
  type RefusedQuery,
  type Rewritten,
} from "./author-module.ts";
import { writeBuild } from "./build-files.ts";
import { mayHoldPlacedCalls } from "./cache-places.ts";
import { digest, moduleVersions } from "./module-versions.ts";
import type { PageDeclaration } from "./page-declarations.ts";
import { findPages, type PageFile } from "./pages.ts";
import { inOurWords, problemText, type Problem } from "./problem.ts";
import { refusedAcross } from "./queries-across.ts";
import { readModule, sharedReads } from "./read-modules.ts";
import { decide, missing, settle, type Decision, type Doors } from "./resolve.ts";
import { mayHoldStatements, sourceTexts } from "./source-texts.ts";
import { parseModule } from "./syntax-tree.ts";

export interface CompileOptions {
  readonly appFolder: string;
  /** The first page. */
  readonly script: string;
  readonly stateFolder: string;
  readonly doors: Doors;
}

export interface Compiled {
  readonly build: Build;
  /** The files that it was made of, or would be: what a watcher must look at. */
  readonly inputs: ReadonlySet<string>;
  /** Why there is no build. */
  readonly problems: readonly Problem[];
}

const entry = "strongroom-app";
/** Marks our own questions to the bundler, which must not come back to us. */
const asked = { asked: true };
/** Marks messages that are in our words already, and places that are in the author's text already. */
const ours = { ours: true };
const inAuthorsText = { authors: true };
/** The same, of what only we refuse. */
const refusedBy = { query: { kind: "query" }, capture: { kind: "capture" }, page: { kind: "page" } } as const;
const loaders: Readonly<Record<string, esbuild.Loader>> = {
  ".ts": "ts",
  ".mts": "ts",
  ".cts": "ts",
  ".tsx": "tsx",
  ".js": "js",
  ".mjs": "js",
  ".cjs": "js",
  ".jsx": "jsx",
};

/** What is known of one compilation while it goes on. */
interface Work extends CompileOptions {
  /** As their files are named. */
  readonly pages: readonly PageFile[];
  readonly inputs: Set<string>;
  /** Hashes of the author's files as they were read. */
  readonly texts: Map<string, string>;
  /** The author's modules as they were read. */
  readonly authors: Map<string, string>;
  /** Modules that the bundler did not get as the author wrote them. */
  readonly rewritten: Map<string, Rewritten & { readonly text: string }>;
  /** The file that each import of a file leads to: `importer`, a zero, what it asks for. */
  readonly imported: Map<string, string>;
  /** Names of texts that stand in the author's files. */
  readonly statements: Set<string>;
}

type Bundle = esbuild.BuildResult<ReturnType<typeof settings>>;

/** Compiles an app into one module of functions, one for each page. */
export async function compile(options: CompileOptions): Promise<Compiled> {
  const found = findPages(options.appFolder, options.script);
  if (!found.ok) return refused([found.problem], new Set([options.script]));
  const work = begun(options, found.pages);
  try {
    const bundle = await esbuild.build({
      ...settings(options),
      outfile: join(options.stateFolder, "build", "app.mjs"),
      plugins: [authorPlugin(work)],
    });
    const across = [
      ...refusedAcross(work).map(({ file, query }) => problemOfQuery(work, file, query)),
      ...(await sharedProblems(work)),
    ];
    if (across.length > 0) return refused(across, work.inputs);
    return { build: written(work, bundle), inputs: work.inputs, problems: [] };
  } catch (error) {
    return refused(problemsOf(error, work), work.inputs);
  }
}

function begun(options: CompileOptions, pages: readonly PageFile[]): Work {
  return {
    ...options,
    pages,
    inputs: new Set([options.script]),
    rewritten: new Map(),
    imported: new Map(),
    statements: new Set(),
    texts: new Map(),
    authors: new Map(),
  };
}

/** Writes what the bundler made, and what else a worker and the gateway must know of it. */
function written(work: Work, { metafile, outputFiles }: Bundle): Build {
  const { appFolder, stateFolder, texts, inputs } = work;
  const versions = moduleVersions(metafile, { appFolder, texts, input: (file) => void inputs.add(file) });
  const files = new Map([
    ...outputs(outputFiles, work),
    ["versions.json", JSON.stringify(versions)] as const,
    ["texts.json", JSON.stringify([...work.statements].sort())] as const,
    // A page whose rule has changed makes another version: sessions are judged again.
    ["pages.json", JSON.stringify(declaredPages(work))] as const,
  ]);
  const { version, folder } = writeBuild(join(stateFolder, "build"), files);
  const pages = declaredPages(work).map(({ path, title, icon, allow }) => ({
    path,
    title,
    icon,
    ...(allow === undefined ? {} : { allow }),
  }));
  return { ok: true, version, file: join(folder, "app.mjs"), pages };
}

/** Ends the bundler's process. */
export async function stopCompiler(): Promise<void> {
  await esbuild.stop();
}

function refused(problems: readonly Problem[], inputs: ReadonlySet<string>): Compiled {
  return { build: { ok: false, problem: problemText(problems) }, inputs, problems };
}

function settings({ appFolder }: CompileOptions) {
  return {
    entryPoints: [entry],
    absWorkingDir: appFolder,
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
    // Node runs all that is in the language; only what is not yet in it is written anew.
    target: "esnext",
    supported: { decorators: false },
    // What Node itself asks a package for; the bundler would prefer builds for bundlers.
    conditions: [],
    sourcemap: "linked",
    sourcesContent: false,
    metafile: true,
    charset: "utf8",
    legalComments: "none",
    logLevel: "silent",
  } as const satisfies esbuild.BuildOptions;
}

function authorPlugin(work: Work): esbuild.Plugin {
  const scripts = new Set(work.pages.map(({ file }) => file));
  return {
    name: "app",
    setup(build) {
      build.onResolve({ filter: /.*/ }, (args) => {
        if (args.pluginData === asked) return undefined;
        if (args.kind === "entry-point") return { path: entry, namespace: entry };
        if (args.namespace === entry) return { path: args.path };
        return resolveImport(build, args, work);
      });
      // The first script may declare pages: it is read before the list of them is made.
      const first = loadAuthorFile(work, work.script, true);
      build.onLoad({ filter: /.*/, namespace: entry }, async () => {
        await first;
        return { contents: entryText(declaredPages(work)), resolveDir: work.appFolder };
      });
      build.onLoad({ filter: /\.[cm]?[jt]sx?$/ }, ({ path }) =>
        path === work.script ? first : loadAuthorFile(work, path, scripts.has(path)),
      );
      build.onLoad({ filter: /\.json$/ }, ({ path }) => {
        work.inputs.add(path);
        const contents = readFileSync(path, "utf8");
        work.texts.set(path, digest(contents));
        return { contents, loader: "json" };
      });
    },
  };
}

/** The pages, with what the first script says of them. */
function declaredPages({
  pages,
  rewritten,
  script,
}: Work): readonly (PageFile & Pick<PageDeclaration, "allow">)[] {
  const declared = rewritten.get(script)?.declared ?? [];
  return pages.map((page) => ({ ...page, ...declared.find(({ path }) => path === page.path) }));
}

function entryText(pages: readonly PageFile[]): string {
  const imports = pages.map(({ file }, index) => `import page${index} from ${JSON.stringify(file)};\n`);
  const list = pages.map(({ path, title, icon }, index) => {
    const link = JSON.stringify({ path, title, icon });
    return `{ ...${link}, run: page${index}.run }`;
  });
  return `${imports.join("")}export default { pages: [${list.join(", ")}] };\n`;
}

async function resolveImport(
  build: esbuild.PluginBuild,
  args: esbuild.OnResolveArgs,
  { doors, appFolder, imported }: Work,
): Promise<esbuild.OnResolveResult> {
  const decision = decide(args.path, doors);
  if (decision.kind !== "find") return answer(decision);
  const { importer, namespace, resolveDir, kind } = args;
  const found = await build.resolve(decision.specifier, {
    importer,
    namespace,
    resolveDir,
    kind,
    with: args.with,
    pluginData: asked,
  });
  if (found.errors.length > 0)
    return { errors: [{ text: missing(args.path, resolveDir, appFolder), detail: ours }] };
  if (found.external || found.namespace !== "file")
    return { path: found.path, external: found.external, namespace: found.namespace };
  const settled = settle(found.path);
  if (settled.kind === "bundle") imported.set(`${importer}\0${args.path}`, found.path);
  if (settled.kind === "bundle") return { path: found.path, sideEffects: found.sideEffects };
  return answer(settled);
}

function answer(decision: Exclude<Decision, { kind: "find" }>): esbuild.OnResolveResult {
  if (decision.kind === "external") return { path: decision.url, external: true };
  return { errors: [{ text: decision.text, detail: ours }] };
}

async function loadAuthorFile(work: Work, file: string, isPage: boolean): Promise<esbuild.OnLoadResult> {
  work.inputs.add(file);
  const text = readFileSync(file, "utf8");
  work.texts.set(file, digest(text));
  work.authors.set(file, text);
  if (mayHoldStatements(text)) await noteStatements(work, file, text);
  const loader = loaders[extname(file)] ?? "ts";
  if (!isPage && isPlainModule(file, text)) return { contents: text, loader };
  try {
    const { code, map } = await transformed(file, text, isPage);
    const { mappings } = JSON.parse(map) as { mappings: string }; // the bundler's own answer
    const pages = file === work.script ? work.pages : undefined;
    const module = authorModule({ file, appFolder: work.appFolder, isPage, text, code, mappings, pages });
    work.rewritten.set(file, { ...module, text });
    const errors = module.queries.refused
      .filter(({ onlyIf }) => onlyIf.length === 0)
      .map(({ message, kind, ...at }) => ({
        text: message,
        detail: refusedBy[kind],
        location: location(file, text, at),
      }));
    return { contents: withMap(module, file), loader: "js", errors };
  } catch (error) {
    return { errors: loadErrors(error, file, text) };
  }
}

/** Notes the texts that stand in a file; where it cannot be read, the bundler says why. */
async function noteStatements({ statements }: Work, file: string, text: string): Promise<void> {
  try {
    const { code } = await transformed(file, text, false);
    for (const name of sourceTexts(parseModule(code))) statements.add(name);
  } catch {
    // Or it is an old module, which only the bundler can read: its texts are looked at when they are asked.
  }
}

function transformed(file: string, text: string, isPage: boolean) {
  const loader = loaders[extname(file)] ?? "ts";
  return esbuild.transform(isPage ? asModule(text) : text, { ...transformSettings(file), loader });
}

/** Without an import the bundler would take a script for an old module, in which `return` and `require` mean something. */
function asModule(text: string): string {
  return /^\s*(import|export)\b/m.test(text) ? text : `${text}\nexport {};`;
}

function transformSettings(file: string) {
  return {
    format: "esm",
    target: "esnext",
    supported: { decorators: false },
    sourcefile: file,
    sourcemap: "external",
    sourcesContent: false,
    charset: "utf8",
    legalComments: "none",
    define: {
      "import.meta.url": JSON.stringify(pathToFileURL(file).href),
      "import.meta.filename": JSON.stringify(file),
      "import.meta.dirname": JSON.stringify(dirname(file)),
    },
  } as const satisfies esbuild.TransformOptions;
}

function loadErrors(error: unknown, file: string, text: string): esbuild.PartialMessage[] {
  if (isBuildFailure(error)) return error.errors.map((message) => ({ ...message, detail: inAuthorsText }));
  const message = error instanceof Error ? error.message : "The file could not be read.";
  if (!(error instanceof AuthorModuleError)) return [{ text: `${basename(file)}: ${message}`, detail: ours }];
  return [{ text: message, detail: ours, location: location(file, text, error) }];
}

/** A place in the author's text as the bundler counts: lines from 1, columns in bytes. */
function location(file: string, text: string, { line, column }: { line: number; column: number }) {
  const lineText = text.split("\n")[line] ?? "";
  return { file, line: line + 1, column: Buffer.byteLength(lineText.slice(0, column)), lineText };
}

function isBuildFailure(error: unknown): error is esbuild.BuildFailure {
  return error instanceof Error && "errors" in error && Array.isArray(error.errors);
}

function problemsOf(error: unknown, work: Work): readonly Problem[] {
  if (isBuildFailure(error)) return error.errors.map((message) => problemOf(message, work));
  const message = error instanceof Error ? error.message : "The app could not be compiled.";
  return [{ text: `The compiled app could not be written below ${work.stateFolder}: ${message}` }];
}

function problemOf({ text, location, notes, detail }: esbuild.Message, work: Work): Problem {
  const hint = notes.map((note) => note.text).find((note) => note.startsWith("Did you mean"));
  const said = `${detail === ours ? text : inOurWords(text)}${hint === undefined ? "" : ` ${hint}`}`;
  if (location === null) return { text: said };
  const file = isAbsolute(location.file) ? location.file : resolve(work.appFolder, location.file);
  const line = Buffer.from(location.lineText);
  // The bundler counts bytes.
  const column = line.subarray(0, location.column).toString().length;
  const place = {
    file: relative(work.appFolder, file),
    line: location.line,
    column: column + 1,
    lineText: location.lineText,
  };
  const kind = Object.values(refusedBy).find((known) => known === detail)?.kind;
  if (kind !== undefined) return { text: said, place, kind };
  const rewritten = detail === inAuthorsText ? undefined : work.rewritten.get(file);
  if (rewritten === undefined) return { text: said, place };
  const word = line.subarray(location.column, location.column + location.length).toString();
  const author = authorPlace(rewritten, rewritten.text, { line: location.line - 1, column, word });
  const lineText = rewritten.text.split("\n")[author.line] ?? "";
  return { text: said, place: { ...place, line: author.line + 1, column: author.column + 1, lineText } };
}

/** What cached functions read of the state that modules share; looked for only where there are some. */
async function sharedProblems(work: Work): Promise<readonly Problem[]> {
  const texts = [...work.authors];
  if (!texts.some(([, text]) => mayHoldPlacedCalls(text))) return [];
  const scripts = new Set(work.pages.map(({ file }) => file));
  const modules = await Promise.all(
    texts.map(async ([file, text]) => {
      const isPage = scripts.has(file);
      const { code, map } = await transformed(file, text, isPage);
      const { mappings } = JSON.parse(map) as { mappings: string }; // the bundler's own answer
      return readModule({ file, isPage, code, mappings });
    }),
  );
  const known = modules.filter((module) => module !== undefined);
  return sharedReads(known, work.imported, work.appFolder).map(({ file, message, line, column }) =>
    problemOfQuery(work, file, { kind: "capture", message, line, column, onlyIf: [] }),
  );
}

function problemOfQuery(work: Work, file: string, { message, line, column, kind }: RefusedQuery): Problem {
  const lineText = work.authors.get(file)?.split("\n")[line] ?? "";
  const place = { file: relative(work.appFolder, file), line: line + 1, column: column + 1, lineText };
  return { text: message, place, kind };
}

/** The module and its map, whose sources get their whole address: a stack names them whatever folder the app is in. */
function outputs(
  files: readonly esbuild.OutputFile[],
  { stateFolder }: CompileOptions,
): ReadonlyMap<string, string> {
  const folder = join(stateFolder, "build");
  return new Map(
    files.map(({ path, text }) => {
      const name = basename(path);
      if (!name.endsWith(".map")) return [name, text];
      const map = JSON.parse(text) as { sources: string[] }; // the bundler's own answer
      const sources = map.sources.map((source) =>
        source.startsWith(`${entry}:`)
          ? source
          : pathToFileURL(resolve(folder, decodeURIComponent(source))).href,
      );
      return [name, JSON.stringify({ ...map, sources })];
    }),
  );
}
