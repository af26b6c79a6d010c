import type { Json } from "../wire/schema.ts";
import type { Run } from "./run.ts";
import type { TreeNode } from "./tree.ts";
import { textName } from "./text-name.ts";

/**
 * A viewer's answer of one word in a text that stands nowhere in the source (`… where owner = ${answer}`, and the answer is
 * `owner`) may be the text's own word. It is not where the text was never asked by anybody who had not written that word.
 */

/** So many texts are remembered; those that were not asked for longest go first. */
const maxTexts = 1_000;
const name = "texts of queries";

/** For each text the words that all who asked it had written. */
type Known = Map<string, ReadonlySet<string>>;

/** Kinds whose answers are what a viewer types. Others offer what the author has listed. */
const typing: ReadonlySet<string> = new Set(["textInput", "textArea"]);

/** True where the text holds words that, as far as is known, only those ask for who have written them. */
export function wordsNotOwn(text: string, run: Run): boolean {
  const { shared } = run.session.services;
  // Under this name stands nothing else.
  const texts = (shared.get(name) ?? new Map()) as Known;
  shared.set(name, texts);
  const key = textName(text);
  const before = texts.get(key);
  const suspect = before?.size === 0 ? before : suspects(text, run, before);
  texts.delete(key);
  texts.set(key, suspect);
  const [oldest] = texts.keys();
  if (texts.size > maxTexts && oldest !== undefined) texts.delete(oldest);
  return suspect.size > 0;
}

function suspects(text: string, run: Run, before: ReadonlySet<string> | undefined): ReadonlySet<string> {
  const written = new Set([...writtenWords(run)].map((word) => folded(word)));
  const own = new Set(folded(text).match(/[\p{L}\p{N}_]+/gu));
  return new Set([...written].filter((word) => own.has(word) && before?.has(word) !== false));
}

function folded(text: string): string {
  return text.normalize("NFKC").toLowerCase().trim();
}

/** What the viewer has typed where they could type anything. */
function writtenWords(run: Run): ReadonlySet<string> {
  const { session, clicks, canvas } = run;
  const shown = new Map<string, TreeNode>();
  const visit = (nodes: readonly TreeNode[]): void => {
    for (const node of nodes) {
      shown.set(node.id, node);
      if (node.children !== undefined) visit(node.children);
    }
  };
  visit(canvas.roots);
  const written = [...clicks].flatMap(textsIn);
  const chosen = new Set<string>();
  for (const [id, answer] of session.widgets)
    for (const text of textsIn(answer))
      if (isTyped(shown.get(id))) written.push(text);
      else chosen.add(text);
  // A choice may stand in the URL, too.
  const queried = [...new URLSearchParams(session.query).values()];
  written.push(...queried.filter((text) => !chosen.has(text)));
  for (const file of session.files.values()) written.push(file.name, file.name.replace(/\.[^.]*$/, ""));
  return new Set(written);
}

function isTyped(node: TreeNode | undefined): boolean {
  return node === undefined || typing.has(node.kind) || node.props["open"] === true;
}

function textsIn(value: Json): readonly string[] {
  if (typeof value === "string") return [value];
  return Array.isArray(value) ? (value as readonly Json[]).flatMap(textsIn) : [];
}
