import { http, under, unit, type Entry } from "./entry.ts";

const sql = "tests/hostile/sql-injection/sql-injection.test.ts";
const engines = "tests/connections/engines.test.ts";
const hosts =
  "repositories are fetched and built by the platform that hosts apps; this package calls no git but to ask whether a file is tracked.";
const query = (text: string): string =>
  `const db = st.connection("shop"); const a = st.textInput("a"); st.dataframe(await db.query(${text}));`;

export const injections: readonly Entry[] = [
  {
    id: "J01",
    title: "Values of a chart became part of a query's text.",
    against: "broker",
    outcome:
      "A query is a text of the author's with places for values; one that is put together does not compile, and one that holds a visitor's answer is not asked.",
    attempts: [
      {
        kind: "check",
        rule: "CHK-QUERY-TEXT",
        scripts: [
          query("`select * from t where a = '${a}'`"),
          query('"select * from t where a = \'" + a + "\'"'),
          query('["select", a].join(" ")'),
          query('"select 1".concat(a)'),
          query('"select :a".replace(":a", a)'),
        ],
      },
    ],
    provenBy: [
      `${sql} › is asked with every payload: nothing is read or changed but what was named`,
      "packages/strongroom/src/worker/viewer-text.test.ts › is refused, whatever the text has of its own",
    ],
  },
  {
    id: "J02",
    title: "A driver took several statements in one text.",
    against: "broker",
    outcome:
      "One statement is read, by the dialect of its database; two are refused, also where the connection may write.",
    provenBy: [`${engines} › refuses two statements in one text, also where it may write`],
  },
  {
    id: "J03",
    title: "An object in the place of a value became an operator.",
    against: "broker",
    outcome: "A value is a text, a number, a moment, bytes or a list of those; an object is refused.",
    provenBy: [
      "packages/strongroom/src/broker/broker.test.ts › a value stays a value",
      `${sql} › numbers and choices take no text at all`,
    ],
  },
  {
    id: "J04",
    title: "Names of columns were put into queries.",
    against: "broker",
    outcome:
      "A name in a query is the author's: one that a visitor wrote is found in the text, and the query is not asked.",
    provenBy: [
      "packages/strongroom/src/worker/viewer-text.test.ts › is refused in other cases and among spaces",
      `${sql} › is asked with every payload: nothing is read or changed but what was named`,
    ],
  },
  {
    id: "J05",
    title: "The address of a repository was an option of git.",
    against: "elsewhere",
    outcome: "Nobody gives an address of a repository to this server.",
    cannot: hosts,
  },
  {
    id: "J06",
    title: "A hostile repository ran code when it was cloned.",
    against: "elsewhere",
    outcome: "Nothing is cloned.",
    cannot: hosts,
  },
  {
    id: "J07",
    title: "An address for signing in reached a shell.",
    against: "broker",
    outcome: "No connection opens a browser or a shell.",
    attempts: [
      {
        kind: "source",
        files: /^packages\/strongroom\/src\/(broker|gateway|worker|cli)\/.*(?<!\.test)\.ts$/,
        lacks: /shell: true|\bexecSync\(|(?<![.\w])exec\(|xdg-open/,
      },
    ],
  },
  {
    id: "J08",
    title: "A command ran what it found in the folder where it was called.",
    against: "build",
    outcome:
      "The check reads an app and runs none of its code; settings are TOML, which holds no code; git is asked with its own folder's settings switched off.",
    provenBy: [
      "tests/hostile/hostile-folder.test.ts › no command runs what lies in the folder, but run, which runs the app",
    ],
  },
  {
    id: "J09",
    title: "A line break in a name made a line of the log.",
    against: "gateway",
    outcome:
      "No text of a stranger begins a line or moves a cursor; what requests held is not written at all.",
    attempts: [
      http(
        under([200, 400], "GET /", [
          "User-Agent: zqx\u001b[31m\u001b]0;zqx\u0007",
          "Referer: zqx\u0008\u0008\u0008",
          'X-Forwarded-For: 1.2.3.4\t{"level":30}',
          "User-Agent: \u009b31mzqx",
          "Accept-Language: zqx\u001b[2J",
        ]),
        under(400, "GET /zqx%0d%0aSet-Cookie:x", ["Accept: */*"]),
      ),
    ],
    provenBy: [
      "packages/strongroom/src/cli/terminal-log.test.ts › as %s no name of a stranger moves a cursor, or begins a line",
      "packages/strongroom/src/gateway/audit/audit-log.test.ts › no text of a stranger begins a line, moves a cursor or shows a secret",
    ],
  },
  {
    id: "J10",
    title: "A name of a file made a header of its own.",
    against: "gateway",
    outcome: "Names are written as RFC 6266 and 8187 say, without what a header could not hold.",
    attempts: [
      {
        kind: "unit",
        unit: "name of a download",
        cases: [
          [
            "a\r\nSet-Cookie: x=y.txt",
            "attachment; filename=\"aSet-Cookie_ x_y.txt\"; filename*=UTF-8''aSet-Cookie_%20x%3Dy.txt",
          ],
          [
            'a"; filename="b.exe',
            "attachment; filename=\"a__ filename__b.exe\"; filename*=UTF-8''a_%3B%20filename%3D_b.exe",
          ],
          ["../../etc/passwd", 'attachment; filename="passwd"'],
          ["\u202etxt.exe", 'attachment; filename="txt.exe"'],
          ["...", 'attachment; filename="download"'],
          ["", 'attachment; filename="download"'],
        ],
      },
      unit("type of a download", "application/octet-stream", [
        "text/plain\r\nX: y",
        "text/plain; charset=utf-8\nX: y",
        "a/b, c/d",
        "text/plain;",
        "image/png;x",
      ]),
    ],
  },
];
