import { describe, expect, test } from "vitest";
import { limits } from "../wire/limits.ts";
import { blocks, richText, type Block, type Inline } from "../wire/rich-text.ts";
import { decode } from "../wire/schema.ts";
import { mathsOf } from "./maths.ts";
import { blocksOf, inline } from "./markdown.ts";

const strong = (...c: Inline[]): Inline => ({ t: "strong", c });
const em = (...c: Inline[]): Inline => ({ t: "em", c });
const code = (text: string): Inline => ({ t: "code", text });
const link = (href: string, ...c: Inline[]): Inline => ({ t: "link", href, c });
const p = (...c: Inline[]): Block => ({ t: "p", c });

describe("inline", () => {
  test("answers text without marks as it is", () => {
    for (const text of [
      "Revenue",
      "Total: 5 €",
      "What now?!",
      "a - b",
      "3 (of 4)",
      "",
      "x+y=z",
      "it's 12:30:45",
    ]) {
      expect(inline(text)).toBe(text);
    }
  });

  const table: readonly (readonly [string, unknown])[] = [
    ["**b** and *i*", [strong("b"), " and ", em("i")]],
    ["***both***", [em(strong("both"))]],
    ["*foo**bar**baz*", [em("foo", strong("bar"), "baz")]],
    ["**a*b**", [strong("a*b")]],
    ["snake_case_name", "snake_case_name"],
    ["2 * 3 * 4", "2 * 3 * 4"],
    ["__init__ _x_", [strong("init"), " ", em("x")]],
    ["~~gone~~ ~gone~ ~~~no~~~", [{ t: "del", c: ["gone"] }, " ", { t: "del", c: ["gone"] }, " ~~~no~~~"]],
    ["`a*b*`", [code("a*b*")]],
    ["``a`b`` `` ` ``", [code("a`b"), " ", code("`")]],
    ["`open", "`open"],
    ["\\*no\\* \\\\ \\a", "*no* \\ \\a"],
    ["a  \nb\\\nc\nd", ["a", { t: "br" }, "b", { t: "br" }, "c\nd"]],
    ["&amp; &lt; &#65; &#x42; &nope; &#0;", "& < A B &nope; \ufffd"],
    ["a -> b <- c <-> d -- e >= f <= g ~= h", "a → b ← c ↔ d — e ≥ f ≤ g ≈ h"],
    ["a->b --flag x>=1", "a->b --flag x>=1"],
    ["<b>raw</b> <!-- x --> <script>", "<b>raw</b> <!-- x --> <script>"],
    ["![alt](https://a.b/c.png)", [link("https://a.b/c.png", "alt")]],
  ];
  test.each(table)("reads %j", (text, expected) => {
    expect(inline(text)).toEqual(expected);
  });

  test("reads directives, icons and nothing that only looks like one", () => {
    expect(inline(":red[hot **x**]")).toEqual([{ t: "color", color: "red", c: ["hot ", strong("x")] }]);
    expect(inline(":grey-background[z]")).toEqual([{ t: "background", color: "gray", c: ["z"] }]);
    expect(inline(":green-badge[ok]")).toEqual([{ t: "badge", color: "green", c: ["ok"] }]);
    expect(inline(':color[a]{foreground="#f00" background="blue"} :color[b]{x} :shimmer[c]')).toEqual([
      { t: "paint", ink: "#f00", ground: "blue", c: ["a"] },
      " ",
      { t: "paint", ink: "", ground: "", c: ["b"] },
      "{x} ",
      { t: "color", color: "gray", c: ["c"] },
    ]);
    expect(inline(':color[a]{foreground="url(https://example.org)"}')).toEqual([
      { t: "paint", ink: "", ground: "", c: ["a"] },
    ]);
    expect(inline(":small[s] :primary[p]")).toEqual([
      { t: "small", c: ["s"] },
      " ",
      { t: "color", color: "primary", c: ["p"] },
    ]);
    expect(inline(":red[a [b](/c) d]")).toEqual([
      { t: "color", color: "red", c: ["a ", link("/c", "b"), " d"] },
    ]);
    expect(inline(":material/home:")).toMatchObject([{ t: "icon", name: "home" }]);
    for (const text of [":mauve[x]", ":red[open", ":red []", "::", ":material/: x", ":no_such_emoji_name:"])
      expect(inline(text)).toBe(text);
  });

  test("reads links and addresses", () => {
    expect(inline("[a *b*](https://x.y/z 'title')")).toEqual([link("https://x.y/z", "a ", em("b"))]);
    expect(inline("[a](<b c>) [d](e(f)g)")).toEqual(["a ", link("e(f)g", "d")]);
    expect(inline("see https://a.b/c_(d)_e. And (www.x.org)!")).toEqual([
      "see ",
      link("https://a.b/c_(d)_e", "https://a.b/c_(d)_e"),
      ". And (",
      link("https://www.x.org", "www.x.org"),
      ")!",
    ]);
    expect(inline("<https://a.b> <me@a.de> you@b.com.")).toEqual([
      link("https://a.b", "https://a.b"),
      " ",
      link("mailto:me@a.de", "me@a.de"),
      " ",
      link("mailto:you@b.com", "you@b.com"),
      ".",
    ]);
    expect(inline("[[a](b) c](d)")).toEqual(["[", link("b", "a"), " c](d)"]);
    expect(inline("[https://a.b](/c)")).toEqual([link("/c", "https://a.b")]);
    expect(inline("[](/c)")).toEqual([link("/c", "/c")]);
  });

  const script = ["java", "script:"].join("");
  const refused = [
    `${script}alert(1)`,
    `${script.toUpperCase()}alert(1)`,
    "javascript&#58;alert(1)",
    "javascript&#x3a;alert(1)",
    "&#1;javascript:alert(1)",
    "java&#10;script:alert(1)",
    `\\${script}alert(1)`,
    "data:text/html,x",
    "vbscript:x",
    "file:///etc/passwd",
    "blob:https://a.b/c",
    "//evil.example",
    "/\\evil.example",
    "https:evil",
    "ftp://a.b",
  ];
  test.each(refused)("does not link to %s", (href) => {
    for (const text of [
      `[x](${href})`,
      `[x](<${href}>)`,
      `<${href}>`,
      `![x](${href})`,
      `[x][r]\n\n[r]: ${href}`,
    ]) {
      expect(JSON.stringify([inline(text), blocksOf(text)])).not.toContain('"href"');
    }
  });

  test.each(["https://a.b", "http://a.b", "mailto:a@b.c", "/orders?x=1#y", "orders", "#top", "?page=2"])(
    "links to %s",
    (href) => {
      expect(inline(`[x](${href})`)).toEqual([link(href, "x")]);
    },
  );

  test("takes what is not text as its text", () => {
    expect(inline(5 as unknown as string)).toBe("5");
  });
});

describe("blocks", () => {
  test("reads a document as people write it, indented with the code round it", () => {
    const document = blocksOf(`
      # Orders *today*
      All of them,
      every one.

      - first
        - inner
      - [x] done
      - [ ] open

      3. three
      4. four

      > quoted
      lazily

      \`\`\`ts
      const a = 1;
        b();
      \`\`\`

      | Name | Sum |
      |:-----|----:|
      | *a*  | 1 \\| 2 |
      | b |

      ***
    `);
    expect(document).toEqual([
      { t: "h", level: 1, id: "orders-today", c: ["Orders ", em("today")] },
      p("All of them,\nevery one."),
      {
        t: "list",
        ordered: false,
        start: 1,
        items: [
          {
            checked: null,
            c: [
              p("first"),
              { t: "list", ordered: false, start: 1, items: [{ checked: null, c: [p("inner")] }] },
            ],
          },
          { checked: true, c: [p("done")] },
          { checked: false, c: [p("open")] },
        ],
      },
      {
        t: "list",
        ordered: true,
        start: 3,
        items: [
          { checked: null, c: [p("three")] },
          { checked: null, c: [p("four")] },
        ],
      },
      { t: "quote", c: [p("quoted\nlazily")] },
      { t: "code", language: "ts", text: "const a = 1;\n  b();" },
      {
        t: "table",
        align: ["left", "right"],
        head: [["Name"], ["Sum"]],
        rows: [
          [[em("a")], ["1 | 2"]],
          [["b"], []],
        ],
      },
      { t: "hr" },
    ]);
  });

  const table: readonly (readonly [string, readonly unknown[]])[] = [
    ["", []],
    ["  \n \n", []],
    [
      "Title\n===\nSub\n---",
      [
        { t: "h", level: 1, id: "title", c: ["Title"] },
        { t: "h", level: 2, id: "sub", c: ["Sub"] },
      ],
    ],
    [
      "# a ##\n## a #b",
      [
        { t: "h", level: 1, id: "a", c: ["a"] },
        { t: "h", level: 2, id: "a-b", c: ["a #b"] },
      ],
    ],
    [
      "# a\n# a\n# !",
      ["a", "a-1", "section"].map((id, at) => ({ t: "h", level: 1, id, c: [at < 2 ? "a" : "!"] })),
    ],
    ["#no\n#", [p("#no"), { t: "h", level: 1, id: "section", c: [] }]],
    [
      "a\n\n    code\n\n      more\n\nb",
      [p("a"), { t: "code", language: "", text: "code\n\n  more" }, p("b")],
    ],
    ["~~~\na\n```\n~~~~\nb", [{ t: "code", language: "", text: "a\n```" }, p("b")]],
    ["```js {1}\nnever closed", [{ t: "code", language: "js", text: "never closed" }]],
    ["<div>\n<b>x</b>\n</div>", [p("<div>\n<b>x</b>\n</div>")]],
    ["> a\n===", [{ t: "quote", c: [p("a\n===")] }]],
    [
      "1986. A year",
      [{ t: "list", ordered: true, start: 1986, items: [{ checked: null, c: [p("A year")] }] }],
    ],
    ["In\n1986. A year", [p("In\n1986. A year")]],
    ["a | b\n-|-\n", [{ t: "table", align: ["", ""], head: [["a"], ["b"]], rows: [] }]],
    ["a | b\n-|-|-", [p("a | b\n-|-|-")]],
    [
      "[a][R], [r], [nope]\n\n[r]: https://x.y 'T'",
      [p(link("https://x.y", "a"), ", ", link("https://x.y", "r"), ", [nope]")],
    ],
    ["a\r\n\r\nb\rc", [p("a"), p("b\nc")]],
    [
      "- a\n\n- b\n\nc",
      [
        {
          t: "list",
          ordered: false,
          start: 1,
          items: [
            { checked: null, c: [p("a")] },
            { checked: null, c: [p("b")] },
          ],
        },
        p("c"),
      ],
    ],
    [
      "- - x",
      [
        {
          t: "list",
          ordered: false,
          start: 1,
          items: [
            {
              checked: null,
              c: [{ t: "list", ordered: false, start: 1, items: [{ checked: null, c: [p("x")] }] }],
            },
          ],
        },
      ],
    ],
    ["\tx\n\ty", [p("x\ny")]],
  ];
  test.each(table)("reads %j", (text, expected) => {
    expect(blocksOf(text)).toEqual(expected);
  });

  test("answers the same list for the same text, so that an unchanged element costs nothing", () => {
    expect(blocksOf("# a\n*b*")).toBe(blocksOf("# a\n*b*"));
    expect(inline("*b*")).toBe(inline("*b*"));
  });
});

/** Texts made to take long, to nest deep, or to grow. */
function hostile(chars: number): Readonly<Record<string, string>> {
  const fill = (part: string, length = chars): string =>
    part.repeat(Math.ceil(length / part.length)).slice(0, length);
  const half = chars / 2;
  return {
    "opening brackets": fill("["),
    "nested brackets": fill("[", half) + fill("]", half),
    "nested directives": fill(":red[", half) + fill("]", half),
    "open links": fill("[a](b"),
    "open titles": fill('[a](b "'),
    "links in links": fill("[a", half) + fill("](b)", half),
    "open references": fill("[a][b"),
    marks: fill("*a_b~"),
    "nested marks": fill("*", half) + "a" + fill("*", half),
    "marks that never close": fill("**a *b ~~c _d "),
    "closing marks": fill("_a ", half) + fill("b* ", half),
    ticks: Array.from({ length: Math.sqrt(chars) | 0 }, (_, n) => "`".repeat(n + 1)).join(" "),
    escapes: fill("\\"),
    entities: fill("&#1"),
    addresses: fill("(http://"),
    "mail addresses": fill("a@"),
    "closing address": `http://a${fill(")")}`,
    angles: fill("<"),
    spaces: `a${fill(" ")}b`,
    "blank lines": fill("   \n"),
    "line ends": fill("\n"),
    lines: fill("a\n"),
    "deep lists": Array.from({ length: Math.sqrt(chars) | 0 }, (_, n) => `${"  ".repeat(n)}- a`).join("\n"),
    "lists in a line": fill("- "),
    "lazy lines": `- a\n${fill("b\n")}`,
    "quotes in a line": fill(">"),
    "lazy quotes": fill("> > > > > > > > a\nb\n"),
    items: fill("- a\n"),
    definitions: fill("[a]: b\n"),
    "closing hashes": `# a${fill(" #")}`,
    rules: `${fill("- - - ")}x`,
    "wide table": `${fill("a|", half)}\n${fill("-|", half)}`,
    "long table": `|a|b|\n|-|-|\n${fill("|*a*|b|\n")}`,
    fences: fill("```\n"),
    headings: fill("# a\n"),
    emoji: fill(":a:"),
    surrogates: fill("\ud800*"),
  };
}

describe("hostile text", () => {
  // What takes time by the square of its length takes minutes here, and the runner's patience ends before.
  test.each(Object.entries(hostile(400_000)))("%s: gives what the wire admits", (_, text) => {
    expect(decode(richText, inline(text)).ok).toBe(true);
    expect(decode(blocks, blocksOf(text)).ok).toBe(true);
  });

  test("reads a megabyte of everything", () => {
    const text = Object.values(hostile(30_000)).join("\n\n").slice(0, 1_000_000);
    expect(decode(richText, inline(text)).ok).toBe(true);
    expect(decode(blocks, blocksOf(text)).ok).toBe(true);
  });

  test("keeps every word behind the point where it stops to read marks", () => {
    const text = `${"*a* ".repeat(40_000)}the end`;
    expect(JSON.stringify(inline(text))).toContain("the end");
    expect(JSON.stringify(blocksOf(`${"- *a*\n".repeat(40_000)}\nthe end`))).toContain("the end");
  });

  test("nests no deeper than the props of an element may", () => {
    const deep = `${"> - ".repeat(20)}${"*_".repeat(20)}x${"_*".repeat(20)}`;
    const depth = (value: unknown): number =>
      typeof value === "object" && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depth)) : 0;
    expect(depth({ body: blocksOf(deep) })).toBeLessThanOrEqual(limits.propsDepth);
  });
});

describe("formulas", () => {
  const formula = (tex: string, isDisplay = false): Inline => ({
    t: "math",
    tex,
    tree: mathsOf(tex, isDisplay) ?? "",
  });

  test.each([
    ["$x^2$ and $$y$$", [formula("x^2"), " and ", formula("y")]],
    [
      "a price of $5 and $6. Colours :red[$x$]",
      ["a price of $5 and $6. Colours ", { t: "color", color: "red", c: [formula("x")] }],
    ],
    ["$\\frac{a$ stays, $$\\frac{a$$ is marked", ["$\\frac{a$ stays, ", formula("\\frac{a"), " is marked"]],
    ["costs $5, then $6 or US$7 and US$8", "costs $5, then $6 or US$7 and US$8"],
    ["$ x$ $x $ $$ $", "$ x$ $x $ $$ $"],
    ["\\$x$ $a\\$b$", ["$x$ ", formula("a\\$b")]],
    ["$a*b*c$ *d*", [formula("a*b*c"), " ", em("d")]],
    ["`$x$` $$$", [code("$x$"), " $$$"]],
  ])("reads %j", (text, expected) => {
    expect(inline(text)).toEqual(expected);
  });

  test("stand on lines of their own", () => {
    expect(blocksOf("Below:\n$$\n\\frac{a}{b}\n$$\nand\n\n$$c$$")).toEqual([
      p("Below:"),
      formula("\\frac{a}{b}", true),
      p("and"),
      formula("c", true),
    ]);
    expect(blocksOf("$$\nnever closed")).toEqual([formula("never closed", true)]);
  });

  test("become the MathML that they have always become", () => {
    const tree = JSON.parse(mathsOf("\\color{red}\\frac{a}{2}", false) ?? "null") as unknown;
    const fraction = ["mfrac", { mathcolor: "#ff0000" }, ["mi", {}, "a"], ["mn", {}, "2"]];
    expect(tree).toEqual(["math", {}, ["mrow", {}, fraction]]);
  });

  test("lead nowhere and load nothing", () => {
    const attempts = [
      "\\href{javascript:alert(1)}{x}",
      "\\includegraphics{https://example.org/a.png}",
      "\\htmlStyle{color:red}{x}",
      "\\class{a}{x}",
      "\\url{https://example.org}",
    ];
    for (const tex of attempts)
      expect(mathsOf(tex, false) ?? "", tex).not.toMatch(/href|src|example|style|class/);
  });

  test("that never end, or are too large, are shown as they are written", () => {
    const endless = ["\\def\\a{\\a\\a}\\a", "{".repeat(9_000), "x".repeat(10_001), "\\frac12".repeat(1_300)];
    for (const tex of endless) expect(mathsOf(tex, false)).toBeUndefined();
    expect(mathsOf("\\frac{a", false)).toBeUndefined();
    const many = blocksOf("$x+y+z$ ".repeat(20_000))[0];
    expect(many?.t).toBe("p");
  });

  // Read again from each dollar on, these would take hours.
  test.each(["$a ", "$$a ", "$$\n", "$a $$b ", "$1", "$\\$"])("%j without end is read in time", (part) => {
    expect(blocksOf(part.repeat(900_000 / part.length)).length).toBeGreaterThan(0);
  });
});
