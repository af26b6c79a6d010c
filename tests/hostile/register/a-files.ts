import { asks, http, under, upgrade, type Entry, gets, words } from "./entry.ts";

const assets = "/_strongroom/assets";

export const files: readonly Entry[] = [
  {
    id: "A17",
    title: "Static routes served files beside those that were meant.",
    against: "gateway",
    outcome:
      "404 for whatever is not in the list of what was built, or of what lies in the app's folder `static`.",
    attempts: [
      http(
        asks(200, ["GET /app/static/ok.txt"], { as: "viewer" }),
        asks(200, ["GET /app/static/page.html"], {
          as: "viewer",
          has: { "content-type": "text/plain; charset=utf-8" },
        }),
        asks(
          [400, 404],
          gets`/app/static/.hidden /app/static/link.txt /app/static-private/key.txt /app/static/../static-private/key.txt
            /app/static/..%2fstatic-private/key.txt /app/static/%2e%2e/app.ts /app/static/..;/app.ts /app/static/ /app/static
            /app/static//ok.txt /app/static/./ok.txt /app/static/ok.txt/ /app/static/OK.TXT /app/static/ok.txt%00
            /app/static/ok.txt::$DATA /app/static/%6fk.txt /app/static/ok.txt%20 /app/static/ok.txt. /app/static/static/ok.txt
            /app/static/etc/passwd /app/static//etc/passwd /app/static/%2fetc/passwd /app/static/__proto__ /app/static/constructor
            /App/static/ok.txt /app/Static/ok.txt /static/ok.txt /app/static/app.ts`,
          { as: "viewer" },
        ),

        asks(
          404,
          ["app.ts", "main.js.map", "package.json", ".env", "x", "index.html", "main"].map(
            (name) => `GET ${assets}/${name}`,
          ),
        ),
      ),
    ],
    provenBy: [
      "packages/strongroom/src/gateway/static/static-files.test.ts › refuses %j",
      "packages/strongroom/src/gateway/static/static-files.test.ts › opens what was listed and nothing that has taken its place",
      "tests/e2e/static-files.test.ts › a page and a drawing with scripts run nothing in the app's origin",
    ],
  },
  {
    id: "A18",
    title: "A token from the browser became the name of a file.",
    against: "gateway",
    outcome:
      "Tokens have one shape, 43 characters of an alphabet without separators, and are looked up by their hash.",
    attempts: [
      {
        kind: "frames",
        frames: ["../../etc/passwd", "(session)/../x", "(session)\\u0000", "", "a", "%2e%2e%2f"].map(
          (session) => ({
            text: `{"t":"resume","protocol":1,"session":"${session}","tree":0}`,
            closes: [1008],
          }),
        ),
      },
      http(
        asks(
          [400, 404],
          ["..", "a", "(token)x", "(token)%2fx", "(token)/..", "(token).."].map(
            (name) => `GET /_strongroom/bytes/${name}`,
          ),
          {
            as: "viewer",
          },
        ),
        under(
          [200],
          "GET /",
          [
            ["Cookie: (cookie-name)=../../etc/passwd"],
            ["Cookie: (cookie-name)=a/b"],
            ["Cookie: (cookie-name)=.."],
            ["Cookie: strongroom-tab=../../x"],
          ],
          {
            lacks: ["etc/passwd"],
          },
        ),
        under(403, "GET /_strongroom/socket?ticket=../../(token)", [upgrade], { as: "page" }),
      ),
    ],
  },
  {
    id: "A19",
    title: "Containment was decided by how a path begins.",
    against: "gateway",
    outcome: "As A02: whole names are compared.",
    attempts: [
      http(
        asks(
          404,
          gets`
          /_strongroom/assetsx /_strongroom/bytesx/(token) /_strongroomx/assets/main.js
          /_strongroom/socketx
        `,
        ),
      ),
    ],
  },
  {
    id: "A20",
    title: "Hidden files were only not listed; one of them held the server's token.",
    against: "gateway",
    outcome: "404: neither the app's folder nor the state beside it is served.",
    attempts: [
      http(
        asks(
          404,
          words`
            .env .git/config .git/HEAD .strongroom/secrets.toml .strongroom/config.toml
            .strongroom/state/key .npmrc node_modules/.package-lock.json
          `.flatMap((name) => [`GET /${name}`, `GET ${assets}/${name}`, `GET /_strongroom/${name}`]),
        ),
        asks(
          404,
          ["app.ts", "app.js", "package.json", "package-lock.json", "tsconfig.json"].map(
            (name) => `GET /${name}`,
          ),
        ),
      ),
    ],
  },
  {
    id: "A21",
    title: "A development server's list of forbidden files was got round by odd query strings.",
    against: "gateway",
    outcome:
      "There is no list to get round: the development server serves the same few names as the production server.",
    attempts: [
      http(
        asks(
          [400, 404],
          gets`
            /@fs/etc/passwd?raw?? /@fs/etc/passwd?import&raw /@id/x /app.ts?raw??
            /.env?.svg?.wasm?init /app.ts/. /app.ts%5c /APP~1.TS /app.ts::$DATA /@vite/client
            /__open-in-editor?file=/etc/passwd
          `,
        ),
      ),
    ],
  },
  {
    id: "A22",
    title: "Files were guarded over HTTP, and free over the socket.",
    against: "gateway",
    outcome: "The socket knows three messages, and none of them names a file.",
    attempts: [
      {
        kind: "frames",
        frames: words`fetchModule readFile file bytes upload download eval admin __proto__`.map((t) => ({
          text: `{"t":"${t}","path":"/etc/passwd"}`,
          closes: [1008],
        })),
      },
    ],
    provenBy: [
      "packages/strongroom/src/gateway/socket/socket.test.ts › every message that a browser may say has a line in the table, and says when it is heard",
    ],
  },
  {
    id: "A23",
    title: "The guard read one form of the path, the handler another.",
    against: "gateway",
    outcome: "The address is read once; guard and handler see the same value, and other spellings are 400.",
    attempts: [
      http(
        asks(
          400,
          [
            "GET //_strongroom/ticket",
            "GET /_strongroom/./ticket",
            "GET /_strongroom//ticket",
            "GET /x/../_strongroom/ticket",
            "GET /_strongroom/%74icket",
            "GET /%5fstrongroom/ticket",
            "POST /_strongroom/%74icket",
            "GET /_strongroom%2fticket",
          ],
          { as: "page" },
        ),
        asks(
          404,
          gets`
            /_STRONGROOM/ticket /_strongroom/Ticket /_strongroom/ticket/ /_strongroom/ticket;a=b
            /_strongroom/ticket.
          `,
          { as: "page" },
        ),
      ),
    ],
  },
  {
    id: "A24",
    title: "An archive held a link, and unpacking it read the server's files.",
    against: "worker",
    outcome:
      "Nothing unpacks archives to disk; spreadsheets are read in memory, with limits on entries and sizes.",
    attempts: [
      {
        kind: "source",
        files: /^packages\/strongroom\/src\/(gateway|worker)\/.*(?<!\.test)\.ts$/,
        lacks: /\b(extractAll|unzipper|node-tar|decompressSync|adm-zip)\b/,
      },
    ],
  },
  {
    id: "A25",
    title: "A default setting served a whole folder of modules.",
    against: "gateway",
    outcome: "The list of assets is made by the build; what lies beside them on disk is not there.",
    attempts: [
      http(
        asks(404, [
          `GET ${assets}/node_modules/react/package.json`,
          "GET /node_modules/react/package.json",
          "GET /static/",
          "GET /assets/",
          `GET ${assets}/`,
        ]),
      ),
    ],
    provenBy: [
      "tools/build/browser.test.ts › names the entry, one style sheet, the chunks of each view and every file that may be served",
    ],
  },
];
