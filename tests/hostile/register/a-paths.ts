import { asks, gets, http, unit, words, type Entry } from "./entry.ts";

const assets = "/_strongroom/assets";
/** Ways to write "upwards" that some reader on the way might undo. */
const upwards = [
  "../",
  "..%2f",
  "..%2F",
  "%2e%2e/",
  "%2e%2e%2f",
  "%2E%2E%2F",
  ".%2e/",
  "%2e./",
  "..\\",
  "..%5c",
  "%2e%2e%5c",
  "..;/",
  "..%00/",
  "..%0d/",
  "..%09/",
  "./.././",
  "..././",
  "....//",
  "..//",
];
/** Written twice, or in characters that only look like dots and slashes: names of files that are not there. */
const upwardsForFools = words`%252e%252e%252f %c0%ae%c0%ae%c0%af %u002e%u002e%u2215 %ef%bc%8e%ef%bc%8e%ef%bc%8f`;
const routes = [
  assets,
  "/_strongroom/bytes",
  "/_strongroom/upload",
  "/_strongroom/uploaded",
  "",
  "/_strongroom",
];
const refusedOrAbsent = [400, 403, 404, 405];
const everyRoute = (what: readonly string[]): readonly string[] =>
  routes.flatMap((route) => what.map((some) => `GET ${route}/${some.repeat(4)}etc/passwd`));

export const paths: readonly Entry[] = [
  {
    id: "A01",
    title: "An asset's address climbed out of its folder.",
    against: "gateway",
    outcome:
      "An address with a second spelling is refused; an asset is a name in a list, never a place on disk.",
    attempts: [
      http(
        asks(refusedOrAbsent, everyRoute(upwards)),
        asks([400, 404, 405], everyRoute(upwardsForFools), { as: "viewer" }),
        asks(400, [
          `GET ${assets}/\0`,
          `GET ${assets}/a\u0001b`,
          `GET ${assets}/%00`,
          `GET ${assets}/main.js%00.png`,
        ]),
      ),
    ],
    provenBy: [
      "packages/strongroom/src/gateway/edge/request-target.test.ts › a double encoded path stays what it says and names nothing of ours",
    ],
  },
  {
    id: "A02",
    title: "A folder whose name begins like the public one was served, and links were followed.",
    against: "gateway",
    outcome: "404: nothing is compared by how it begins.",
    attempts: [
      http(
        asks(404, [
          `GET /_strongroom/assets-private/key`,
          `GET ${assets}private/key`,
          `GET ${assets}.old/x`,
          `GET ${assets}`,
        ]),
        asks(404, [`GET ${assets}/manifest.json`, `GET ${assets}/render.js`, `GET ${assets}/main.js`]),
      ),
    ],
    provenBy: [
      "packages/strongroom/src/gateway/supervise/barriers.test.ts › a link out of the app's folder stops the start without a sandbox, unless that is chosen",
    ],
  },
  {
    id: "A03",
    title: "Drive letters and device names were opened where the operating system knows them.",
    against: "gateway",
    outcome: "Refused as malformed, or names of nothing.",
    attempts: [
      http(
        asks(
          [400, 404],
          ["C:/Windows/win.ini", "C:%5cWindows", "CON", "NUL.txt", "aux", "COM1", "%5c%5c%3f%5cC:"].map(
            (name) => `GET ${assets}/${name}`,
          ),
        ),
        asks(
          [400, 404],
          ["/C:/Windows/win.ini", "/CON", "/_strongroom/bytes/LPT1"].map((path) => `GET ${path}`),
          { as: "viewer" },
        ),
      ),
      unit("request target", "refused", ["\\\\?\\C:\\boot.ini", "/a\\b", "/%5c%5cevil", "C:/x"]),
    ],
  },
  {
    id: "A04",
    title: "A path was opened before it was judged, and the server called on the attacker's file share.",
    against: "gateway",
    outcome: "Refused by a grammar of characters; no path is ever handed to the file system.",
    attempts: [
      http(
        asks(400, [
          "GET //evil.example/share",
          "GET \\\\evil.example\\share",
          "GET /%5c%5cevil.example/share",
          `GET ${assets}//evil.example/share/x.js`,
          "GET ///evil.example",
        ]),
      ),
      {
        kind: "source",
        files: /^packages\/strongroom\/src\/gateway\/(edge|http|uploads|socket)\/.*(?<!\.test)\.ts$/,
        lacks: /\b(realpath|lookup|createReadStream|readFile)\b/,
        // These read the build's own files, by the names of its list.
        but: /http\/(assets|renderer|look)\.ts$/,
      },
    ],
  },
  {
    id: "A05",
    title: "The same in another server under the same framework.",
    against: "gateway",
    outcome: "Plain HTTP and TLS go through one reader of addresses.",
    attempts: [http(asks(400, gets`/_strongroom/..%2fsecrets.toml /./ /a/../b /a/.. /. /..`))],
  },
  {
    id: "A06",
    title: "A route took a path and served whatever could be read there.",
    against: "gateway",
    outcome: "No such route: what is asked for by query or path is looked up in lists of names.",
    attempts: [
      http(
        asks(
          404,
          words`file file=/etc/passwd files static media component download proxy open`.flatMap((name) => [
            `GET /_strongroom/${name}`,
            `GET /_strongroom/${name}/etc/passwd`,
            `GET /_strongroom/${name}?path=/etc/passwd`,
          ]),
        ),
        asks(
          200,
          ["GET /?file=/etc/passwd", "GET /?path=..%2f..%2fetc%2fpasswd", "GET /?url=file:///etc/passwd"],
          {
            as: "viewer",
          },
        ),
      ),
    ],
    provenBy: [
      "packages/strongroom/src/gateway/access/policies.test.ts › every operation has a line here, and every line is one",
    ],
  },
  {
    id: "A07",
    title: "A browser answered a file widget with a path of the server's, and got the file.",
    against: "worker",
    outcome: "Such an answer is none: files are random names that this session was given.",
    attempts: [
      {
        kind: "frames",
        frames: [
          '{"path":"/etc/passwd"}',
          '["/etc/passwd"]',
          '"file:///etc/passwd"',
          '[{"file":"/etc/passwd","name":"a"}]',
        ].map((value) => ({
          text: `{"t":"event","n":(n),"tree":(tree),"values":{"fileUploader:File":${value}}}`,
          refused: "invalid-value",
        })),
      },
    ],
    provenBy: [
      "packages/strongroom/src/gateway/uploads/uploads.test.ts › a file is read by the session that it was sent to, and by no other",
    ],
  },
  {
    id: "A09",
    title: "A value of the viewer's, shown again, was opened as a file.",
    against: "worker",
    outcome:
      "A plain text never names a file on the server; pictures come from bytes or from the app's own folders, by the author's word.",
    provenBy: [
      "packages/strongroom/src/gateway/supervise/barriers.test.ts › what an app's code may not do is refused: sandbox %s",
    ],
  },
  {
    id: "A10",
    title: "Containment was decided by looking for two dots in a text.",
    against: "gateway",
    outcome: "What has a second spelling is refused, not mended; the rest is compared whole.",
    attempts: [
      unit("request target", "refused", [
        ...upwards
          .map((some) => `/${some}x`)
          .filter((path) => !path.includes(";") && !path.startsWith("/...")),
        "/a/%2e",
        "/%2E%2E",
        "/a//b",
        "/a/./b",
        "/%61dmin",
        "/%5F",
        "/a%2fb",
        "/a%7e",
        "/é",
        "/\u2024\u2024/",
        "/a b",
        "/a#b",
        "?a",
        "",
        "*",
        "a",
        "/%",
        "/%zz",
        "/%0",
      ]),
    ],
  },
  {
    id: "A12",
    title: "A newer runtime thought otherwise about which path is absolute.",
    against: "gateway",
    outcome: "The grammar is our own: no function of the runtime decides what a path means.",
    attempts: [
      http(
        asks(
          [400, 404],
          [
            `GET ${assets}/~root/.bashrc`,
            `GET ${assets}/.%5cx`,
            "GET /;/etc/passwd",
            `GET ${assets}/file:%2f%2f%2fetc%2fpasswd`,
          ],
        ),
      ),
      {
        kind: "source",
        files: /^packages\/strongroom\/src\/gateway\/(edge|http)\/.*(?<!\.test)\.ts$/,
        lacks: /from "node:path"/,
        but: /\/(assets|renderer|look)\.ts$/,
      },
    ],
  },
  {
    id: "A13",
    title: "A viewer's text became the name, the ending or the folder of a file that was written.",
    against: "worker",
    outcome:
      "What viewers send is never written as a file; its name is data, and one that would be a place is refused.",
    attempts: [
      unit("name of an upload", "refused", [
        "../a.csv",
        "/etc/cron.d/x",
        "a/b.csv",
        "a\\b.csv",
        "..",
        ".",
        "",
        "a\0.csv",
        "a\r\nb.csv",
        "\u202ecsv.exe",
        "\ufeffa.csv",
        "x".repeat(5_000),
      ]),
    ],
    provenBy: [
      "tests/hostile/uploads.test.ts › uploads that are cut off anywhere leave nothing, in memory or on a disk",
    ],
  },
  {
    id: "A14",
    title: "An element was told to show a path, and the process's environment was read.",
    against: "worker",
    outcome:
      "Browsers cannot change what an element shows, only answer it; and no process's environment holds a secret.",
    attempts: [
      {
        kind: "frames",
        frames: [
          '{"t":"tree","tree":1,"nodes":[],"done":1}',
          '{"t":"patch","tree":2,"ops":[["=","image:x",{"src":"/proc/self/environ"},[]]]}',
          '{"t":"event","n":(n),"tree":(tree),"props":{"textInput:Text":{"src":"/proc/self/environ"}}}',
        ].map((text) => ({ text, closes: [1008] })),
      },
    ],
    provenBy: ["tests/hostile/canaries.test.ts › no process has one in its environment or command line"],
  },
  {
    id: "A15",
    title: "Each component brought a route that read files.",
    against: "gateway",
    outcome: "Elements have no routes; all that the browser loads stands in one list that the build made.",
    attempts: [
      http(
        asks(404, [
          "GET /_strongroom/component/x/index.html",
          "GET /component/x/etc/passwd",
          `GET ${assets}/component/render.js`,
        ]),
      ),
    ],
  },
  {
    id: "A16",
    title: "A document language included files of the server's.",
    against: "worker",
    outcome: "Text: our Markdown knows no directive that reads anything.",
    attempts: [
      unit("kinds of Markdown", "p", [
        ".. include:: /etc/passwd",
        "\\input{/etc/passwd}",
        "{% include '/etc/passwd' %}",
        "<!--#include file='/etc/passwd' -->",
        "import x from '/etc/passwd'",
        "{{#include /etc/passwd}}",
        "[[/etc/passwd]]",
        "!include /etc/passwd",
      ]),
    ],
  },
];
