import type { AnyNode, Program } from "acorn";
import { walk } from "./syntax-tree.ts";

/** A page's script as a module: one new line above, then the script with its imports blanked out. */
export interface PageModule {
  readonly head: string;
  /** Where each import stood in the code, and at which column of the head it stands now. */
  readonly moved: readonly { readonly start: number; readonly end: number; readonly column: number }[];
  readonly body: string;
  readonly tail: string;
}

/** Thrown where a page exports. */
export class PageExportError extends Error {
  constructor() {
    super(
      "A page is a script that runs from top to bottom and exports nothing. Move what other files import into a file of its own.",
    );
    this.name = "PageExportError";
  }
}

/**
 * Turns a script into a function that can be called for every run: its imports move to the first line, so that they are
 * loaded once; all the rest becomes the body. Every other character keeps its column, and its line moves down by one.
 */
export function pageModule(code: string, program: Program): PageModule {
  const moved: { start: number; end: number; column: number }[] = [];
  let head = "";
  // A line that names a program stands only at a file's very beginning.
  let body = code.replace(/^#!.*/, (line) => " ".repeat(line.length));
  for (const node of program.body) {
    if (isExport(node)) throw new PageExportError();
    if (node.type !== "ImportDeclaration") continue;
    const text = code.slice(node.start, node.end);
    moved.push({ start: node.start, end: node.end, column: head.length });
    head += `${text.replaceAll("\n", " ")} `;
    body = body.slice(0, node.start) + text.replaceAll(/[^\n]/g, " ") + body.slice(node.end);
  }
  const start = awaits(program) ? "async run() {" : "run() {";
  return { head: `${head}export default { ${start}\n`, moved, body, tail: "\n} };\n" };
}

function isExport(node: AnyNode): boolean {
  if (node.type === "ExportNamedDeclaration") {
    // `export {}` only tells TypeScript that the file is a module.
    return Boolean(node.declaration) || node.specifiers.length > 0 || Boolean(node.source);
  }
  return node.type === "ExportDefaultDeclaration" || node.type === "ExportAllDeclaration";
}

/** True when the script itself awaits; what its functions await does not count. */
function awaits(program: Program): boolean {
  let found = false;
  walk(program, (node) => {
    switch (node.type) {
      case "AwaitExpression":
        found = true;
        break;
      case "ForOfStatement":
        found ||= node.await;
        break;
      case "VariableDeclaration":
        found ||= node.kind === "await using";
        break;
      case "FunctionDeclaration":
      case "FunctionExpression":
      case "ArrowFunctionExpression":
        return false;
      default:
        break;
    }
    return !found;
  });
  return found;
}
