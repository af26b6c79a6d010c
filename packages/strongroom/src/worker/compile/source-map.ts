/** The little of source maps that the compiler needs: read, shift, look up, write. */

/** One mapping: column in the generated line, then source, line and column of the original; all from 0. */
export type Segment = readonly [column: number, source: number, line: number, originalColumn: number];

/** Text that goes into generated code; it holds no line break. */
export interface Insertion {
  readonly offset: number;
  readonly text: string;
}

const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const digitOf = new Map(Array.from(digits).map((digit, value) => [digit, value]));

/** Lines of segments; those that name no original are left out. */
export function decodeMappings(mappings: string): readonly (readonly Segment[])[] {
  const last = [0, 0, 0];
  return mappings.split(";").map((line) => {
    let column = 0;
    const segments: Segment[] = [];
    for (const text of line === "" ? [] : line.split(",")) {
      const fields = decodeFields(text);
      column += fields[0] ?? 0;
      if (fields.length < 4) continue;
      for (let index = 0; index < 3; index++) last[index] = (last[index] ?? 0) + (fields[index + 1] ?? 0);
      segments.push([column, last[0] ?? 0, last[1] ?? 0, last[2] ?? 0]);
    }
    return segments;
  });
}

export function encodeMappings(lines: readonly (readonly Segment[])[]): string {
  const last = [0, 0, 0];
  return lines
    .map((segments) => {
      let column = 0;
      return segments
        .map(([next, ...original]) => {
          let text = encodeField(next - column);
          column = next;
          for (let index = 0; index < 3; index++) {
            text += encodeField((original[index] ?? 0) - (last[index] ?? 0));
            last[index] = original[index] ?? 0;
          }
          return text;
        })
        .join(",");
    })
    .join(";");
}

function decodeFields(text: string): readonly number[] {
  const fields: number[] = [];
  let value = 0;
  let shift = 0;
  for (const char of text) {
    const digit = digitOf.get(char) ?? 0;
    value += (digit & 31) << shift;
    shift += 5;
    if ((digit & 32) !== 0) continue;
    fields.push((value & 1) === 1 ? -(value >> 1) : value >> 1);
    value = shift = 0;
  }
  return fields;
}

function encodeField(value: number): string {
  let rest = value < 0 ? (-value << 1) | 1 : value << 1;
  let text = "";
  do {
    const digit = rest & 31;
    rest >>>= 5;
    text += digits[rest > 0 ? digit | 32 : digit] ?? "";
  } while (rest > 0);
  return text;
}

/** Where a place in generated code (line and column from 0) comes from. */
export function originalPlace(
  lines: readonly (readonly Segment[])[],
  line: number,
  column: number,
): { line: number; column: number } | undefined {
  const segment = lines[line]?.findLast(([start]) => start <= column) ?? lines[line]?.[0];
  return segment === undefined ? undefined : { line: segment[2], column: segment[3] };
}

/** Puts texts into code, and moves what its map says of the rest of those lines. */
export function insert(
  code: string,
  lines: readonly (readonly Segment[])[],
  insertions: readonly Insertion[],
): { code: string; lines: readonly (readonly Segment[])[] } {
  const moved = lines.map((segments) => [...segments]);
  let out = code;
  // From the end, so that what is still to come keeps its place.
  for (const { offset, text } of insertions.toSorted((a, b) => b.offset - a.offset)) {
    const { line, column } = placeOf(code, offset);
    moved[line] = (moved[line] ?? []).map((segment) =>
      segment[0] < column ? segment : [segment[0] + text.length, segment[1], segment[2], segment[3]],
    );
    out = out.slice(0, offset) + text + out.slice(offset);
  }
  return { code: out, lines: moved };
}

/** Line and column, both from 0, of an offset in a text. */
export function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const line = before.split("\n").length - 1;
  return { line, column: offset - (before.lastIndexOf("\n") + 1) };
}
