import { expect, test } from "vitest";
import { wholeCharacters } from "./whole-characters.ts";

test.each([
  ["a half at the end", "a\ud83d", "a\ufffd"],
  ["the other half alone", "\ude00b", "\ufffdb"],
  ["a whole character", "a\u{1f600}b", "a\u{1f600}b"],
  ["the text of an escape", String.raw`\ud83d`, String.raw`\ud83d`],
  ["a backslash before a half", "\\\ud83d", "\\\ufffd"],
  ["a quote before one", '"\ud83d"', '"\ufffd"'],
])("%s", (_, text, whole) => {
  expect(JSON.parse(wholeCharacters(JSON.stringify({ text })))).toEqual({ text: whole });
});
