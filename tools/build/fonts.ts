import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { root } from "../paths.ts";
import type { Sheet } from "./styles.ts";

const require = createRequire(`${root}/package.json`);

const families = [
  { family: "Geist", package: "@fontsource-variable/geist", file: "geist" },
  { family: "Geist Mono", package: "@fontsource-variable/geist-mono", file: "geist-mono" },
] as const;

/** Parts of each family, each fetched only by pages that show one of its characters. */
const subsets = ["latin", "latin-ext"] as const;

/** The `@font-face` rules. `optional`: a font that is late waits for the next page, so no text ever jumps. */
export function fontFaces(): Sheet {
  return {
    css: [
      ...families.flatMap((family) => subsets.map((subset) => fontFace(family, subset))),
      mathsFontFace(),
    ].join("\n"),
    dir: root,
  };
}

/** Fetched by pages that show a formula: its table of maths is what lets brackets and roots grow. */
function mathsFontFace(): string {
  const folder = dirname(require.resolve("@fontsource/noto-sans-math/unicode.json"));
  const url = JSON.stringify(`${folder}/files/noto-sans-math-latin-400-normal.woff2`);
  return `@font-face {
  font-family: "Noto Sans Math";
  font-display: swap;
  src: url(${url}) format("woff2");
}`;
}

function fontFace({ family, package: name, file }: (typeof families)[number], subset: string): string {
  const folder = dirname(require.resolve(`${name}/unicode.json`));
  // The file is npm's, not a viewer's: a plain read of one known field.
  const ranges = JSON.parse(readFileSync(`${folder}/unicode.json`, "utf8")) as Record<string, string>;
  const url = JSON.stringify(`${folder}/files/${file}-${subset}-wght-normal.woff2`);
  return `@font-face {
  font-family: "${family}";
  font-style: normal;
  font-weight: 100 900;
  font-display: optional;
  src: url(${url}) format("woff2");
  unicode-range: ${ranges[subset]};
}`;
}
