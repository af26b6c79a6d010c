export type FilterMode = "fuzzy" | "contains" | "prefix";

/** Text as it is compared: without case and accents. */
export function folded(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase();
}

/**
 * Positions of the texts that a viewer may mean, in their own order; `"fuzzy"` puts the likelier ones first: those that
 * begin with what was typed, those with a word that does, those that hold it, those with its letters in this order.
 */
export function matching(texts: readonly string[], typed: string, mode: FilterMode): readonly number[] {
  const sought = folded(typed.trim());
  if (sought === "") return texts.map((_, index) => index);
  const ranks: number[][] = [[], [], [], []];
  const worst = { prefix: 0, contains: 2, fuzzy: 3 }[mode];
  for (const [index, text] of texts.entries()) {
    const rank = rankOf(text, sought);
    if (rank <= worst) ranks[mode === "fuzzy" ? rank : 0]?.push(index);
  }
  return ranks.flat();
}

function rankOf(text: string, sought: string): number {
  const at = text.indexOf(sought);
  if (at === 0) return 0;
  if (at > 0) return hasWord(text, sought, at) ? 1 : 2;
  return hasLetters(text, sought) ? 3 : 4;
}

function hasWord(text: string, sought: string, first: number): boolean {
  for (let at = first; at > 0; at = text.indexOf(sought, at + 1)) {
    if (!/[\p{L}\p{N}]/u.test(text[at - 1] ?? "")) return true;
  }
  return false;
}

function hasLetters(text: string, sought: string): boolean {
  let at = 0;
  for (const letter of sought) {
    if (letter === " ") continue;
    at = text.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
