import { SourceMap } from "node:module";
import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeMappings, encodeMappings, insert, originalPlace, type Segment } from "./source-map.ts";

const number = fc.nat({ max: 100_000 });
const lines = fc.array(
  fc
    .array(fc.tuple(number, fc.nat({ max: 3 }), number, number), { maxLength: 6 })
    .map((segments) => segments.toSorted((a, b) => a[0] - b[0])),
  { minLength: 1, maxLength: 20 },
);

test("what is written is read back", () => {
  fc.assert(
    fc.property(lines, (all) => {
      expect(decodeMappings(encodeMappings(all))).toEqual(all);
    }),
  );
});

test("Node reads what is written", () => {
  const all: readonly (readonly Segment[])[] = [
    [],
    [
      [4, 0, 70, 12],
      [9, 0, 3, 0],
    ],
  ];
  const map = new SourceMap({
    version: 3,
    file: "",
    sources: ["a.ts"],
    sourcesContent: [],
    names: [],
    mappings: encodeMappings(all),
    sourceRoot: "",
  });
  expect(map.findEntry(1, 5)).toMatchObject({ originalLine: 70, originalColumn: 12 });
  expect(map.findEntry(1, 10)).toMatchObject({ originalLine: 3, originalColumn: 0 });
});

test("an insertion moves what follows on its line, and nothing else", () => {
  const code = "a();\nb(); c();\nd();";
  const all: readonly (readonly Segment[])[] = [
    [[0, 0, 0, 0]],
    [
      [0, 0, 1, 0],
      [5, 0, 2, 7],
    ],
    [[0, 0, 3, 0]],
  ];
  const result = insert(code, all, [
    { offset: 7, text: "12" },
    { offset: 2, text: "3" },
  ]);
  expect(result.code).toBe("a(3);\nb(12); c();\nd();");
  expect(originalPlace(result.lines, 1, 7)).toEqual({ line: 2, column: 7 });
  expect(originalPlace(result.lines, 1, 6)).toEqual({ line: 1, column: 0 });
  expect(originalPlace(result.lines, 2, 0)).toEqual({ line: 3, column: 0 });
});
