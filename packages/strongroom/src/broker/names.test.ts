import { describe, expect, test } from "vitest";
import { mysqlDialect, postgresDialect } from "./dialect.ts";
import { textsWithNames } from "./names.ts";

describe("names in a statement", () => {
  test("are quoted as the database wants it, and the values keep their gaps", () => {
    const request = {
      texts: ["select ", " from t where a = ", " order by ", ""],
      values: [1],
      names: [
        [0, 'pri"ce'],
        [2, "da`te"],
      ] as [number, string][],
    };
    expect(textsWithNames(request, postgresDialect)).toEqual([
      'select "pri""ce" from t where a = ',
      ' order by "da`te"',
    ]);
    expect(textsWithNames(request, mysqlDialect)).toEqual([
      'select `pri"ce` from t where a = ',
      " order by `da``te`",
    ]);
  });

  test.each<[string, [number, string][], number]>([
    [
      "two in one gap",
      [
        [0, "a"],
        [0, "b"],
      ],
      0,
    ],
    ["one after the last text", [[1, "a"]], 0],
    ["more texts than gaps", [], 0],
    ["fewer texts than gaps", [[0, "a"]], 1],
  ])("with %s are refused", (_, names, values) => {
    const request = { texts: ["select ", ""], values: Array<number>(values).fill(1), names };
    if (names.length === 2) request.texts.push("");
    expect(() => textsWithNames(request, postgresDialect)).toThrow(/text|texts/);
  });
});
