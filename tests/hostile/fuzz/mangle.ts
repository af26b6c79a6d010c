import type { Dice } from "../../chaos/dice.ts";

/** What readers of text stumble over. */
const stones: readonly [string, ...string[]] = [
  "\r\n",
  "\n",
  "\r",
  "\0",
  " ",
  "\t",
  ":",
  ";",
  "=",
  ",",
  "%",
  "%00",
  "%2e%2e%2f",
  "../",
  "//",
  "\\",
  "?",
  "#",
  '"',
  "'",
  "{",
  "}",
  "[",
  "]",
  "null",
  "true",
  "-1",
  "1e999",
  "9007199254740993",
  "00000000000000000000001",
  "__proto__",
  "constructor",
  "__Host-strongroom-viewer",
  "strongroom-viewer=",
  "in.",
  "\r\n\r\n",
  "\r\nHost: evil.example\r\n",
  "\r\nTransfer-Encoding: chunked\r\n",
  "\r\nContent-Length: 5\r\n",
  "\ud800",
  "\u202e",
  "\u0000\u0001",
  "é",
  "ÿþ",
  "[[[[[[[[[[[[[[[[",
  "A".repeat(300),
  "A".repeat(9_000),
];

/** A text that was damaged in one to four places. */
export function mangle(text: string, throws: Dice): string {
  let mangled = text;
  for (let left = 1 + throws.roll(4); left > 0; left--) mangled = damage(mangled, throws);
  return mangled;
}

function damage(text: string, throws: Dice): string {
  const at = throws.roll(text.length + 1);
  const end = Math.min(text.length, at + 1 + throws.roll(throws.roll(4) === 0 ? 60 : 6));
  const [before, part, after] = [text.slice(0, at), text.slice(at, end), text.slice(end)];
  switch (throws.roll(7)) {
    case 0:
      return before + after;
    case 1:
      return before + part + part + after;
    case 2:
      return before + throws.pick(stones) + part + after;
    case 3:
      return before + throws.pick(stones) + after;
    case 4:
      return before + String.fromCharCode(throws.roll(256)) + text.slice(at + 1);
    case 5:
      return before;
    default:
      return after + before + part;
  }
}
