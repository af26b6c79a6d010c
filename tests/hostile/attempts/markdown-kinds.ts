import { blocksOf } from "../../../packages/strongroom/src/worker/markdown.ts";

/** What a text of Markdown becomes: the kinds of its parts, each once, and where its links lead. */
export function readMarkdown(text: string): string {
  const kinds = new Set<string>();
  collect(blocksOf(text), kinds);
  return [...kinds].toSorted().join(" ");
}

function collect(part: unknown, kinds: Set<string>): void {
  if (typeof part !== "object" || part === null) return;
  if ("t" in part && typeof part.t === "string")
    kinds.add("href" in part ? `${part.t}:${String(part.href)}` : part.t);
  // A formula's tree is text here: its kind is enough.
  for (const inside of Object.values(part)) collect(inside, kinds);
}
