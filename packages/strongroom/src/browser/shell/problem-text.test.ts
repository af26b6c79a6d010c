import { expect, test } from "vitest";
import { problemsIn } from "./problem-text.ts";

test("takes message, place, code and column apart", () => {
  const text = 'app.ts:3:14 "=" was not expected here.\n\n  3 | const total = = 4;\n    |               ^';
  expect(problemsIn(text)).toEqual([
    {
      message: '"=" was not expected here.',
      place: "app.ts:3:14",
      line: "3",
      code: "const total = = 4;",
      column: 14,
    },
  ]);
});

test("tells several problems apart, and keeps one without a place", () => {
  const text = "pages/a.ts:1:1 One.\n\n  1 | x\n    | ^\n\npages/ holds no page.\n\n… and 3 more.";
  expect(problemsIn(text).map(({ message, place }) => [message, place])).toEqual([
    ["One.", "pages/a.ts:1:1"],
    ["pages/ holds no page.", ""],
    ["… and 3 more.", ""],
  ]);
});
