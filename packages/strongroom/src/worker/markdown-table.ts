/** Tables of GFM: cells between bars. */

const maxColumns = 200;

/** The cells of a row; a bar behind a backslash belongs to the text. */
export function splitRow(line: string): string[] {
  const text = line.trim();
  const cells: string[] = [];
  let cell = "";
  for (let at = text.startsWith("|") ? 1 : 0; at < text.length; at++) {
    const char = text[at] as string;
    if (char === "\\" && text[at + 1] === "|") {
      cell += "|";
      at++;
    } else if (char === "|") {
      cells.push(cell.trim());
      cell = "";
    } else cell += char;
  }
  if (!text.endsWith("|") || text.endsWith("\\|") || text === "|") cells.push(cell.trim());
  return cells.slice(0, maxColumns);
}

/** True where two lines are the head of a table. */
export function isDelimiterRow(head: string, row: string | undefined): boolean {
  if (row === undefined || !/^[ |:-]+$/.test(row) || !row.includes("-")) return false;
  if (!head.includes("|") && !row.includes("|")) return false;
  const cells = splitRow(row);
  return cells.every((cell) => /^:?-+:?$/.test(cell)) && cells.length === splitRow(head).length;
}

/** For each column `left`, `center`, `right`, or nothing. */
export function tableAlign(row: string): string[] {
  return splitRow(row).map((cell) =>
    cell.endsWith(":") ? (cell.startsWith(":") ? "center" : "right") : cell.startsWith(":") ? "left" : "",
  );
}
