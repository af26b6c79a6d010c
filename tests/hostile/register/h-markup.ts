import { asks, gets, http, unit, words, type Entry } from "./entry.ts";

const markup =
  "tests/hostile/markup.test.ts › no text runs, loads or becomes anything, wherever an app shows it (from payload %i)" as const;
const rendering = "packages/strongroom/src/browser/render.test.ts";
/** Every way in which a page could take text for markup or code. */
const sinks =
  /\.(innerHTML|outerHTML|srcdoc)\b|insertAdjacentHTML|document\.write|dangerouslySetInnerHTML|createContextualFragment|DOMParser|setHTMLUnsafe|trustedTypes\.createPolicy/;
const drawn = /^packages\/strongroom\/src\/(browser|elements)\/.*(?<!\.test)\.tsx?$/;
const inPath = words`<script>zqx</script> "onload=zqx' '><img/src=x> javascript:zqx %3Cscript%3Ezqx %22%3E%3Cimg%20src=zqx`;

export const markups: readonly Entry[] = [
  {
    id: "H01",
    title: "A crafted address came back in the page as markup.",
    against: "gateway",
    outcome:
      "Addresses with such characters are malformed, encoded ones name nothing; answers hold nothing of them.",
    attempts: [
      http(
        asks(
          [400, 404],
          inPath.map((part) => `GET /${part}`),
          { lacks: ["zqx"] },
        ),
        asks(
          [200, 400],
          inPath.map((part) => `GET /?q=${part}`),
          { lacks: ["<script>zqx", "onload=zqx", "<img/src=x"] },
        ),
        asks(
          [400, 404],
          inPath.map((part) => `GET /_strongroom/assets/${part}`),
          { lacks: ["zqx"] },
        ),
        asks(
          [400, 404, 405],
          inPath.map((part) => `${part} /`),
          { lacks: ["zqx"] },
        ),
      ),
    ],
    provenBy: [`${rendering} › keeps what authors and viewers wrote as text`],
  },
  {
    id: "H02",
    title: "HTML, Markdown, styles, addresses and the history each became a script.",
    against: "browser",
    outcome:
      "Text is text: the page has no place that takes markup, and a policy under which nothing of a page's own runs.",
    attempts: [
      { kind: "source", files: drawn, lacks: sinks },
      unit("kinds of Markdown", "p", [
        "<script>alert(1)</script>",
        "<b onclick=alert(1)>x</b>",
        "<img src=x onerror=alert(1)>",
        "<!-- x -->",
        "<![CDATA[x]]>",
        "<?php x ?>",
        "[a](javascript:alert(1))",
        "[a]( javascript:alert(1) )",
        "[a](&#106;avascript:alert(1))",
        "[a](data:text/html,x)",
        "![a](javascript:alert(1))",
        "[a](//evil.example)",
      ]),
    ],
    provenBy: [markup],
  },
  {
    id: "H03",
    title: "A value of the query stood in a script of the page.",
    against: "gateway",
    outcome: "The page has no script of its own; its data is JSON that no parser of HTML can leave.",
    attempts: [
      http(
        asks(
          200,
          gets`
            /?name=</script><script>zqx(1)</script> /?name=%3C/script%3E%3Cscript%3Ezqx(1)
            /?name=%3C!--%3Cscript%3Ezqx /?bound=%E2%80%A8zqx(1) /?name=]]%3Ezqx
          `.slice(1),
          { lacks: ["<script>zqx", "</script><script>", "<!--<script"] },
        ),
      ),
    ],
    provenBy: [`${rendering} › never holds a style attribute, an event attribute or a script with code`],
  },
  {
    id: "H06",
    title: "A visitor's document was shown on the app's own origin.",
    against: "gateway",
    outcome: "Bytes come with a sandbox and a policy of nothing; a document is a download.",
    attempts: [
      unit(
        "type of a download",
        "application/octet-stream",
        words`text/html application/xhtml+xml text/xsl application/rss+xml application/mathml+xml text/vtt+html application/x-httpd-php message/rfc822 multipart/related`,
      ),
    ],
    provenBy: [
      "tests/hostile/markup.test.ts › a picture with a script in it runs nothing, on the page or in a tab of its own",
    ],
  },
  {
    id: "H07",
    title: "A shared file of settings held markup.",
    against: "build",
    outcome: "A colour is a colour, a font a name: other text stops the start.",
    attempts: [
      {
        kind: "config",
        settings: words`
          red;}</style><script>alert(1)</script> #zzz url(http://evil.example) expression(alert(1))
          var(--x) #12345 #1234567 rgb(0,0,0)
        `.flatMap((value) => [
          `[theme]\nprimaryColor = ${JSON.stringify(value)}\n`,
          `[theme]\nbackgroundColor = ${JSON.stringify(value)}\n`,
        ]),
      },
      {
        kind: "config",
        settings: [
          '[theme]\nfont = "x;}</style>"\n',
          '[theme]\nbaseRadius = "1px;}"\n',
          '[theme]\nbase = "<b>"\n',
          '[[theme.fontFaces]]\nfamily = "x\\"}"\nurl = "//evil.example/x"\n',
        ],
      },
    ],
    provenBy: [
      "packages/strongroom/src/gateway/http/look.test.ts › a ground on which text cannot be read stops the start, with file and line",
    ],
  },
  {
    id: "H08",
    title: "A page for an error repeated what it had been sent.",
    against: "gateway",
    outcome: "Refusals are fixed sentences of plain text, under a sandbox.",
    attempts: [
      http(
        asks(
          [400, 404, 405],
          [
            "GET /zqx%20zqx",
            "ZQX /zqx",
            "GET /_strongroom/zqx",
            "GET /_strongroom/assets/zqx.js",
            "PATCH /zqx",
            "GET /zqx/zqx/zqx",
          ],
          { lacks: ["zqx", "ZQX"] },
        ),
        asks([400, 421, 403, 413], ["GET /"], { headers: ["Host: zqx.example"], lacks: ["zqx"] }),
        asks(403, ["POST /_strongroom/ticket"], {
          as: "page",
          headers: ["Origin: https://zqx.example"],
          lacks: ["zqx"],
        }),
        asks([400, 403], ["GET /_strongroom/socket?ticket=zqx"], {
          as: "page",
          headers: ["Connection: Upgrade", "Upgrade: websocket"],
          lacks: ["zqx"],
        }),
      ),
    ],
  },
  {
    id: "H09",
    title: "The language of expressions in a chart's description reached JavaScript, again and again.",
    against: "browser",
    outcome:
      "Authors give data and names of columns, no description; and no code is made from text in the page or in the worker.",
    attempts: [
      {
        kind: "source",
        files: drawn,
        lacks: /(?<![\w.])eval\(|new Function|expressionInterpreter: undefined/,
      },
    ],
    provenBy: [
      "packages/strongroom/src/browser/chart/chart-spec.test.ts › text of the data stays text",
      markup,
    ],
  },
  {
    id: "H11",
    title: "The text of a diagram became markup and styles of the page.",
    against: "browser",
    outcome: "A block of such text is shown as code.",
    attempts: [
      unit("kinds of Markdown", "code", [
        "```mermaid\ngraph TD; A-->B\n```",
        "```dot\ndigraph { a -> b }\n```",
        "```math-html\n<b>\n```",
      ]),
    ],
    provenBy: [markup],
  },
  {
    id: "H12",
    title: "A command in a formula became a link, an attribute or a picture.",
    against: "browser",
    outcome:
      "Formulas become a closed set of MathML without links, attributes of the author's, or anything that loads.",
    attempts: [
      { kind: "source", files: /^packages\/strongroom\/src\/worker\/maths\.ts$/, lacks: /trust: true/ },
    ],
    provenBy: ["packages/strongroom/src/worker/markdown.test.ts › lead nowhere and load nothing", markup],
  },
  {
    id: "H13",
    title: "What was to clean markup let some through, every few months.",
    against: "browser",
    outcome: "There is nothing to clean: no markup is read. Policy and Trusted Types stand behind that.",
    attempts: [
      {
        kind: "source",
        files: /^(packages\/strongroom\/)?package(-lock)?\.json$/,
        lacks: /"(node_modules\/)?(dompurify|sanitize-html|isomorphic-dompurify|xss|rehype-raw)"/,
      },
      { kind: "source", files: drawn, lacks: sinks },
    ],
    provenBy: [markup],
  },
  {
    id: "H15",
    title: "An author's type of content or frame ran on the app's origin.",
    against: "browser",
    outcome: "No element takes HTML, and the policy has no frames.",
    attempts: [{ kind: "source", files: drawn, lacks: /(?<!\w)<(iframe|object|embed|frame|portal)\b/ }],
    provenBy: [markup],
  },
  {
    id: "H16",
    title: "Components of others had the whole page.",
    against: "browser",
    outcome: "There are no components of others in the page.",
    cannot:
      "no interface loads code of others into the page; the policy lets scripts come from the build alone.",
  },
  {
    id: "H17",
    title: "A title in the database was a script for who opened the dashboard.",
    against: "browser",
    outcome: "Values are text wherever they come from.",
    provenBy: [
      markup,
      "packages/strongroom/src/elements/error/error.test.ts › shows what is given to it as text, also where it is none",
    ],
  },
  {
    id: "H18",
    title: "Without a charset a page was read in another, in which it held a script.",
    against: "gateway",
    outcome: "Every text says UTF-8, and browsers may not guess.",
    attempts: [
      http(
        asks(200, ["GET /"], { has: { "content-type": "text/html; charset=utf-8" } }),
        asks(404, ["GET /+ADw-script+AD4-"], { lacks: ["+ADw-"] }),
        asks(404, ["GET /_strongroom/+ADw-script+AD4-"], {
          has: { "content-type": "text/plain; charset=utf-8" },
          lacks: ["+ADw-"],
        }),
        asks(200, ["GET /"], {
          headers: ["Accept-Charset: utf-7"],
          has: { "content-type": "text/html; charset=utf-8" },
        }),
      ),
    ],
  },
];
