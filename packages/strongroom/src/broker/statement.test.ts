import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { duckdbDialect, mysqlDialect, postgresDialect, sqliteDialect, type Dialect } from "./dialect.ts";
import { checkKind } from "./statement-kind.ts";
import { readStatement, withPlaceholders } from "./statement.ts";

const dialects = {
  postgres: postgresDialect,
  mysql: mysqlDialect,
  sqlite: sqliteDialect,
  duckdb: duckdbDialect,
};
type Name = keyof typeof dialects;
const all = Object.entries(dialects);

/** Text with ◆ where a value stands. */
const read = (text: string, dialect: Dialect): string =>
  withPlaceholders(readStatement(text.split("◆"), dialect), (index) => `<${index}>`);

describe.each(all)("one statement of %s", (_, dialect) => {
  test.each([
    ["select 1;"],
    ["select 1; -- done"],
    ["select 1 /* ; ' */;\n\t"],
    ["select ';', '?', '$1', ':x', '--', '/*'"],
    ["select '' || '''' || 'it''s'"],
    ['select "a;b" from "c""d"'],
    ["select a-b, a - -b, a/b, a*b from t -- ? ; '"],
    ["with x as (select 1) select * from x"],
  ])("takes %j", (text) => {
    expect(read(text, dialect)).toBe(text);
  });

  test.each([
    ["select 1; select 2"],
    ["select 1; drop table orders"],
    ["select 1 /* ; */ ; /* */ select 2"],
    ["select 1;;'x'"],
    ["select 1; ◆"],
    ["select '◆'"],
    ['select "◆"'],
    ["select '''◆'''"],
    ["select 1 -- ◆"],
    ["select 1 -- ◆\n"],
    ["select /* ◆ */ 1"],
    ["select 'open"],
    ['select "open'],
    ["select /* open"],
    ["select 1\0"],
    [""],
    [" -- nothing\n"],
  ])("refuses %j", (text) => {
    expect(() => read(text, dialect)).toThrow(expect.objectContaining({ code: "ERR_QUERY_TEXT" }) as Error);
  });

  test("stands apart from its values, whatever is round them", () => {
    expect(read("select a◆b, $◆, -◆-", dialect)).toBe("select a <0> b, $ <1> , - <2> -");
  });

  test("has as many placeholders as it has values, and none inside quotes or comments", () => {
    const pieces = [
      "select ",
      "'",
      '"',
      "`",
      "--",
      "/*",
      "*/",
      "\n",
      "#",
      "\\",
      "$$",
      "$a$",
      ";",
      "x",
      "[",
      "]",
      "E'",
    ];
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.constantFrom(...pieces), { maxLength: 12 }), { minLength: 1, maxLength: 4 }),
        (texts) => {
          const joined = texts.map((parts) => parts.join(""));
          let statement;
          try {
            statement = readStatement(joined, dialect);
          } catch {
            return; // refused is safe
          }
          // The whole text, with a word for each value, is read the same way: no value changes what is quoted.
          const whole = withPlaceholders(statement, () => "v");
          expect(readStatement([whole], dialect).words.filter((word) => word === "v")).toHaveLength(
            texts.length - 1,
          );
        },
      ),
      { numRuns: 3_000 },
    );
  });
});

test.each<[Name, string, string]>([
  ["postgres", "select $a$ ; ' ◆ $a$", "refused"],
  ["postgres", "select $a$ ; ' $b$ $$ $a$, ◆", "taken"],
  ["postgres", "select $$ '$$, ◆", "taken"],
  ["postgres", "select a$b$c, ◆, d$b$", "taken"],
  ["postgres", "select E'\\'', ◆", "taken"],
  ["postgres", "select E'\\\\', ◆", "taken"],
  ["postgres", "select '\\', ◆", "taken"],
  ["postgres", "select nameE'\\', ◆", "taken"],
  ["postgres", "select 1 /* /* */ ◆ */", "refused"],
  ["postgres", "select ◆::int, a[1:2], data ? 'x', data ?| array['a']", "taken"],
  ["postgres", "select $1", "refused"],
  ["postgres", "select 1 -- \r ◆", "taken"],
  ["postgres", "select `a`, ◆", "taken"],
  ["postgres", "select 'a' # ◆", "taken"],
  ["duckdb", "select $x", "refused"],
  ["duckdb", "select ?", "refused"],
  ["duckdb", "select [1, 2, ◆], {'a': ◆}", "taken"],
  ["mysql", "select '\\', ◆", "refused"],
  ["mysql", "select '\\'', ◆", "taken"],
  ["mysql", 'select "\\"", ◆', "taken"],
  ["mysql", "select `a\\`, ◆", "taken"],
  ["mysql", "select 5--◆", "refused"],
  ["mysql", "select 5--3, ◆", "taken"],
  ["mysql", "select 1 # ◆", "refused"],
  ["mysql", "select 1 /* /* */, ◆", "taken"],
  ["mysql", "select 1 /*! ◆ */", "refused"],
  ["mysql", "select 1 /*!50000 union select 2 */", "refused"],
  ["mysql", "select 1 /*M! union select 2 */", "refused"],
  ["mysql", "select 1 /*+ MAX_EXECUTION_TIME(1) */", "taken"],
  ["mysql", "select ?", "refused"],
  ["mysql", "select @a, ◆", "taken"],
  ["sqlite", "select [id;], ◆ from [orders]", "taken"],
  ["sqlite", "select [◆]", "refused"],
  ["sqlite", "select `◆`", "refused"],
  ["sqlite", "select '\\', ◆", "taken"],
  ["sqlite", "select :region", "refused"],
  ["sqlite", "select @region", "refused"],
  ["sqlite", "select $region", "refused"],
  ["sqlite", "select ?1", "refused"],
])("in %s, %j is %s", (name, text, what) => {
  let outcome = "taken";
  try {
    read(text, dialects[name]);
  } catch {
    outcome = "refused";
  }
  expect(outcome).toBe(what);
});

describe("a statement on a connection that only reads", () => {
  const check = (text: string, write: boolean) => () =>
    checkKind(readStatement([text], mysqlDialect), { write });
  test.each(["select 1", "(select 1)", "WITH a AS (select 1) select 1", "explain select 1", "show tables"])(
    "may be %j",
    (text) => {
      expect(check(text, false)).not.toThrow();
    },
  );
  test.each([
    "insert into a values (1)",
    "/* select */ delete from a",
    "create table select_ (a int)",
    "call p()",
    "select 1 into outfile '/tmp/x'",
    "select 1 into DUMPFILE '/tmp/x'",
    "set @a = 1",
  ])("is not %j", (text) => {
    expect(check(text, false)).toThrow(expect.objectContaining({ code: "ERR_QUERY_REFUSED" }) as Error);
  });
  test.each([
    "begin",
    "commit",
    "ROLLBACK to a",
    "start transaction",
    "set autocommit = 0",
    "use other",
    "lock tables a",
  ])("is, even where it may write, not %j", (text) => {
    expect(check(text, true)).toThrow(expect.objectContaining({ code: "ERR_QUERY_REFUSED" }) as Error);
  });
});
