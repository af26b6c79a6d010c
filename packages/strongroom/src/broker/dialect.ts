/** How a database reads text: where it is quoted, commented, and where values stand. */
export interface Dialect {
  /** Strings in which a backslash takes the meaning from what follows. */
  readonly backslash: "never" | "always" | "after E";
  /** `$tag$ … $tag$`. */
  readonly dollarQuotes: boolean;
  readonly quotes: readonly Quote[];
  /** What stands round the name of a column, and is doubled in it. */
  readonly nameQuote: '"' | "`";
  readonly nestedComments: boolean;
  /** What begins a comment up to the end of the line. */
  readonly lineComment: string;
  readonly lineEnd: RegExp;
  /** Placeholders that the database itself knows, as the source of a pattern; nothing else may write them. */
  readonly placeholder: string;
  /** Letters that go on a word. */
  readonly wordRest: string;
  /** Comments that are run as code. */
  readonly runsComments: boolean;
}

export type Quote = "'" | '"' | "`" | "[";

const wordRest = String.raw`[\w$\u0080-\uffff]*`;

export const postgresDialect: Dialect = {
  backslash: "after E",
  dollarQuotes: true,
  quotes: ["'", '"'],
  nameQuote: '"',
  nestedComments: true,
  lineComment: "--",
  lineEnd: /[\n\r]/g,
  placeholder: String.raw`\$\d+`,
  wordRest,
  runsComments: false,
};

export const duckdbDialect: Dialect = {
  ...postgresDialect,
  placeholder: String.raw`\?|\$\w+`,
};

export const mysqlDialect: Dialect = {
  backslash: "always",
  dollarQuotes: false,
  quotes: ["'", '"', "`"],
  nameQuote: "`",
  nestedComments: false,
  // Two dashes alone are two minus signs there.
  lineComment: String.raw`--(?=[\s\0]|$)|#`,
  lineEnd: /\n/g,
  placeholder: String.raw`\?`,
  wordRest,
  runsComments: true,
};

export const sqliteDialect: Dialect = {
  backslash: "never",
  dollarQuotes: false,
  quotes: ["'", '"', "`", "["],
  nameQuote: '"',
  nestedComments: false,
  lineComment: "--",
  lineEnd: /\n/g,
  placeholder: String.raw`\?|[:@$#][\w\u0080-\uffff]`,
  wordRest,
  runsComments: false,
};
