/**
 * What may stand in a statement besides its words: quoted text and names, text between dollars, comments, casts (`::`),
 * and at last a name with its colon. Where a database reads a text otherwise, the broker, which knows it, refuses the
 * value that then stands inside quotes.
 */
const piece =
  /'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|\$([A-Za-z_]\w*)?\$[^]*?\$\1\$|--[^\n]*|\/\*[^]*?\*\/|::|:(?<name>[A-Za-z_]\w*)/g;

/** Cuts a statement at its `:names`; what is quoted or commented stays as it is. */
export function cutAtNames(text: string): { texts: string[]; names: string[] } {
  const texts: string[] = [];
  const names: string[] = [];
  let from = 0;
  for (const match of text.matchAll(piece)) {
    const [whole] = match;
    const name = match.groups?.["name"];
    if (name === undefined) continue;
    texts.push(text.slice(from, match.index));
    names.push(name);
    from = match.index + whole.length;
  }
  texts.push(text.slice(from));
  return { texts, names };
}
