/** Half of a surrogate pair as `JSON.stringify` writes it (ECMA-262, 25.5.2.3), or any other escape. */
const escapes = /\\(?:ud[89a-f][0-9a-f]{2}|.)/g;

/** JSON text with U+FFFD for halves of characters, as a page's HTML has it: the two must say the same. */
export function wholeCharacters(json: string): string {
  if (!json.includes("\\ud")) return json;
  return json.replace(escapes, (escape) => (escape.startsWith("\\ud") ? "\ufffd" : escape));
}
