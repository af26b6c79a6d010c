import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { build } from "esbuild";

/** Writes what reads TeX into one file of `dist`: the worker loads it when the first formula is shown. */
export async function writeMaths(packageRoot: string): Promise<void> {
  const temml = createRequire(import.meta.url).resolve("temml");
  const licence = readFileSync(join(dirname(temml), "..", "LICENSE"), "utf8").replaceAll("*/", "* /");
  mkdirSync(join(packageRoot, "dist"), { recursive: true });
  await build({
    stdin: {
      contents: `import temml from "temml"; export const treeOf = temml.__renderToMathMLTree;`,
      resolveDir: packageRoot,
    },
    outfile: join(packageRoot, "dist", "maths.cjs"),
    bundle: true,
    minify: true,
    format: "cjs",
    platform: "neutral",
    mainFields: ["module", "main"],
    banner: { js: `/*! Temml\n${licence}*/` },
    logLevel: "silent",
  });
}
