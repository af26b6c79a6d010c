import { readFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { build, type BuildResult, type Plugin } from "esbuild";

/** What the bundler made, in memory. */
export type Assets = BuildResult<{ metafile: true; write: false }>;

/** A style sheet made by us, and the folder from which its URLs are found. */
export interface Sheet {
  readonly css: string;
  readonly dir: string;
}

interface StyleBundle {
  readonly head: Sheet;
  readonly styles: Styles;
  readonly outdir: string;
}

/**
 * The style sheets that a bundle reached. Class names are `<file>_<local>`, found for each file alone: esbuild's own short
 * names depend on what else is in the bundle, and the server's markup must carry the names of the browser's style sheet.
 */
export class Styles {
  readonly #css = new Map<string, string>();
  readonly #modules = new Map<string, Promise<string>>();
  readonly #owners = new Map<string, string>();

  /** In JavaScript a style sheet is its names; its rules wait here until `bundleStyles`. */
  readonly plugin: Plugin = {
    name: "styles",
    setup: (bundle) => {
      bundle.onLoad({ filter: /\.module\.css$/ }, async ({ path }) => ({
        contents: await this.#module(path),
        loader: "js",
      }));
      bundle.onLoad({ filter: /\.css$/ }, ({ path }) => {
        this.#css.set(path, readFileSync(path, "utf8"));
        return { contents: "", loader: "js" };
      });
    },
  };

  /** The rules of a style sheet that was loaded, with its class names as they are in the page. */
  rules(path: string): string | undefined {
    return this.#css.get(path);
  }

  #module(path: string): Promise<string> {
    const known = this.#modules.get(path) ?? this.#name(path);
    this.#modules.set(path, known);
    return known;
  }

  async #name(path: string): Promise<string> {
    const owner = this.#owners.get(basename(path));
    if (owner !== undefined)
      throw new Error(`Two style sheets have one name, so their classes would too: ${owner} and ${path}`);
    this.#owners.set(basename(path), path);
    const { outputFiles, metafile } = await build({
      stdin: {
        contents: `export { default } from ${JSON.stringify(`./${basename(path)}`)}`,
        resolveDir: dirname(path),
      },
      bundle: true,
      format: "esm",
      metafile: true,
      outdir: "unwritten",
      write: false,
      logLevel: "silent",
      loader: { ".css": "local-css" },
      external: ["*.woff2", "*.svg", "*.png"],
    });
    const inputs = Object.keys(metafile.inputs).filter((input) => input.endsWith(".css"));
    if (inputs.length > 1)
      throw new Error(`${path} takes names from another style sheet (composes): a class stands in one file`);
    this.#css.set(path, outputFiles.find((file) => file.path.endsWith(".css"))?.text ?? "");
    return outputFiles.find((file) => file.path.endsWith(".js"))?.text ?? "export default {}";
  }
}

/** The sheets that `bundleStyles` imports: `head` is made here, the others were loaded by a bundle. */
function sheets(head: Sheet, styles: Styles): Plugin {
  return {
    name: "sheets",
    setup: (bundle) => {
      bundle.onResolve({ filter: /^sheet:/ }, ({ path }) => ({ path: path.slice(6), namespace: "sheet" }));
      bundle.onLoad({ filter: /.*/, namespace: "sheet" }, ({ path }) => {
        const { css, dir } = path === "head" ? head : { css: styles.rules(path) ?? "", dir: dirname(path) };
        return { contents: css, loader: "css", resolveDir: dir };
      });
    },
  };
}

/** Joins style sheets, in the given order, into one minified hashed file; fonts and images become hashed files beside it. */
export function bundleStyles(
  paths: readonly string[],
  { head, styles, outdir }: StyleBundle,
): Promise<Assets> {
  const imports = ["head", ...paths].map((path) => `@import ${JSON.stringify(`sheet:${path}`)};`).join("\n");
  return build({
    stdin: { contents: imports, loader: "css", sourcefile: "styles.css" },
    bundle: true,
    minify: true,
    metafile: true,
    write: false,
    outdir,
    entryNames: "styles-[hash]",
    assetNames: "[name]-[hash]",
    logLevel: "silent",
    loader: { ".woff2": "file", ".svg": "file", ".png": "file" },
    plugins: [sheets(head, styles)],
  });
}
