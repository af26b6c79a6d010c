import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { build, type OutputFile, type Plugin } from "esbuild";

const commandLine = "cli/main.js";
/** Processes whose start somebody waits for. */
const mains = [commandLine, "worker/compile/compile-main.js"];
/** Of packages, only what a start needs comes in: the reader of the configuration. */
const packed = "smol-toml";

/**
 * Puts what a start loads into a few files, and what it loads later beside them: each file costs a millisecond, whatever
 * its size, and there are two hundred.
 */
export async function bundleStarts(packageRoot: string): Promise<void> {
  const outdir = join(packageRoot, "dist", "start");
  const files = await Promise.all(mains.map((main) => bundle(packageRoot, outdir, main)));
  mkdirSync(outdir, { recursive: true });
  for (const { path, text } of files.flat()) writeFileSync(path, withNodeModulesCalled(text));
  const made = new Set(files.flat().map(({ path }) => basename(path)));
  for (const name of readdirSync(outdir)) if (!made.has(name)) rmSync(join(outdir, name));
}

async function bundle(packageRoot: string, outdir: string, main: string): Promise<readonly OutputFile[]> {
  const entry = join(packageRoot, "dist", main);
  const { outputFiles } = await build({
    entryPoints: [entry],
    outdir,
    entryNames: "[name]",
    chunkNames: "[name]-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node24",
    legalComments: "eof",
    logLevel: "silent",
    write: false,
    plugins: [packages, ...(main === commandLine ? [otherCommands(entry, outdir)] : []), inPlace(outdir)],
  });
  return outputFiles;
}

/**
 * Node's own modules are asked for by a call: an `import` of one reads all that it offers, which loads what nobody
 * needs here, among it the streams of files and the comparison of texts.
 */
function withNodeModulesCalled(code: string): string {
  return code.replaceAll(
    /^import (?:\{([^}]*)\}|(\w+)) from ("node:[^"]+");$/gm,
    (_, ...[names, whole, module]: readonly (string | undefined)[]) =>
      `const ${whole ?? `{${(names ?? "").replaceAll(" as ", ": ")}}`} = process.getBuiltinModule(${module ?? ""});`,
  );
}

const packages: Plugin = {
  name: "packages",
  setup: (bundler) => {
    bundler.onResolve({ filter: /^[^./]/ }, ({ path }) =>
      path === packed ? undefined : { path, external: true },
    );
  },
};

/** The other commands stay where they are: nobody waits for them. */
function otherCommands(entry: string, outdir: string): Plugin {
  return {
    name: "other-commands",
    setup: (bundler) => {
      bundler.onResolve({ filter: /^\./ }, ({ path, kind, importer }) => {
        if (kind !== "dynamic-import" || importer !== entry) return undefined;
        return { path: relative(outdir, join(dirname(entry), path)), external: true };
      });
    },
  };
}

/** A module that asks where it stands is told where it stood before. */
function inPlace(outdir: string): Plugin {
  return {
    name: "in-place",
    setup: (bundler) => {
      bundler.onLoad({ filter: /\.js$/ }, ({ path }) => {
        const place = JSON.stringify(relative(outdir, path));
        const source = readFileSync(path, "utf8");
        // In quotes it is a text: the compiler writes such code itself.
        const contents = source.replaceAll(
          /(?<!["'`])\bimport\.meta\.url\b/g,
          `new URL(${place}, import.meta.url).href`,
        );
        return { contents, loader: "js" };
      });
    },
  };
}
