import { describe, expect, test } from "vitest";
import { cutAtNames } from "./query-text.ts";

describe("a statement's names", () => {
  test.each([
    ["select :a", ["select ", ""], ["a"]],
    [":a:b", ["", "", ""], ["a", "b"]],
    ["select 'it''s :a', \":b\", `:c`", ["select 'it''s :a', \":b\", `:c`"], []],
    ["/* :a */ select 1 -- :b", ["/* :a */ select 1 -- :b"], []],
    ["a::int, x[1:2], 12:30", ["a::int, x[1:2], 12:30"], []],
    ["select ' :a", ["select ' ", ""], ["a"]],
    [
      "select $$ :a $$, $x$ :b $$ $x$ from t where c = :c",
      ["select $$ :a $$, $x$ :b $$ $x$ from t where c = ", ""],
      ["c"],
    ],
  ])("of %o are found", (text, texts, names) => {
    expect(cutAtNames(text)).toEqual({ texts, names });
  });
});
