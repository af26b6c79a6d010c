import { createRequire } from "node:module";
import type { MathPart } from "../wire/rich-text.ts";

/** A node of Temml's tree: text, an element, or what only holds others. */
interface TexNode {
  readonly text?: string;
  readonly type?: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly style?: Readonly<Record<string, unknown>>;
  readonly classes?: readonly string[];
  readonly children?: readonly TexNode[];
}

type TreeOf = (tex: string, options: object) => TexNode;

/** Longer formulas take too long to read; so do many nodes to draw, and deep ones. */
export const maxTexChars = 10_000;
const maxNodes = 4_000;
const maxDepth = 60;

let treeOf: TreeOf | undefined;

/** Reads TeX into the tree of its MathML as JSON; nothing where it cannot be read, or is too much to draw. */
export function mathsOf(tex: string, isDisplay: boolean): string | undefined {
  if (tex.length > maxTexChars) return undefined;
  try {
    treeOf ??= load();
    const options = {
      displayMode: isDisplay,
      throwOnError: true,
      trust: false,
      maxExpand: 500,
      maxSize: [20, 20],
    };
    const [root] = new Plain().partsOf(treeOf(tex, options), 0);
    return root === undefined || typeof root === "string" ? undefined : JSON.stringify(root);
  } catch {
    return undefined; // a mistake in the formula, or one that never ends: its source is shown instead
  }
}

/** The file is made by the build, of the package temml; the path is the same from `src` and from `dist`. */
function load(): TreeOf {
  const require = createRequire(import.meta.url);
  return (require("../../dist/maths.cjs") as { readonly treeOf: TreeOf }).treeOf;
}

/** What of Temml's classes our style sheet knows. */
const known = /^tml-(?:right|left|jot|overline)$/;

/** Makes plain data of the tree: elements of MathML, and the few attributes that draw nothing but formulas. */
class Plain {
  #left = maxNodes;

  partsOf(node: TexNode, depth: number): readonly MathPart[] {
    if (--this.#left < 0 || depth > maxDepth) throw new RangeError("The formula is too large to be drawn.");
    const { text, type, children = [] } = node;
    if (text !== undefined) return [text];
    const inside = children.flatMap((child) => this.partsOf(child, depth + 1));
    return type === undefined ? inside : [[type, attributesOf(node), ...inside]];
  }
}

function attributesOf({ attributes = {}, style = {}, classes = [] }: TexNode): Record<string, string> {
  const all: Record<string, string> = {};
  for (const [name, value] of Object.entries(attributes)) all[name] = String(value);
  const { color, border, paddingLeft, paddingRight } = style;
  if (typeof color === "string") all["mathcolor"] = color;
  const words = classes.filter((name) => known.test(name)).map((name) => name.replace("tml-", ""));
  if (border !== undefined) words.push("box");
  if (isNone(paddingLeft)) words.push("from-start");
  if (isNone(paddingRight)) words.push("to-end");
  if (words.length > 0) all["data-tex"] = words.join(" ");
  return all;
}

function isNone(padding: unknown): boolean {
  return padding === "0em" || padding === "0" || padding === 0;
}
