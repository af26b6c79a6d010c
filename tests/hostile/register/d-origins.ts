import { asks, http, under, upgrade, words, type Entry } from "./entry.ts";

const socket = "GET /_strongroom/socket?ticket=(ticket)";
const crossSite = "tests/hostile/cross-site.test.ts";
/** Origins that look like ours to a hasty reader. */
const foreign: readonly string[] = [
  "https://attacker.example",
  "null",
  "",
  "*",
  "(origin).attacker.example",
  "(origin)@attacker.example",
  "https://attacker.example#(origin)",
  "https://attacker.example?(origin)",
  "(origin)/",
  "(origin), https://attacker.example",
  "https://attacker.example (origin)",
  "http://localhost.attacker.example:(port)",
  "http://127.0.0.1.attacker.example:(port)",
  "http://127.0.0.1:1",
  "http://127.0.0.1",
  "HTTP://127.0.0.1:(port)",
  "ws://127.0.0.1:(port)",
  "file://",
  "chrome-extension://abcdefghijklmnop",
  "http://[::1]:1",
  "(origin)%2eattacker.example",
  "(origin)\\.attacker.example",
  "(origin)\u00e9",
];

/** All that somebody who has signed in may do about that. */
const acts = [
  "ticket",
  "login?ticket=(ticket)",
  "logout?ticket=(ticket)",
  "logins/end?ticket=(ticket)&id=(their login)",
  "logins/end-others?ticket=(ticket)",
];

export const origins: readonly Entry[] = [
  {
    id: "D01",
    title: "A socket opened from another site's page, as the visitor.",
    against: "gateway",
    outcome: "403 before the upgrade; the socket also needs a ticket that serves once, for thirty seconds.",
    attempts: [
      http(
        under(
          403,
          socket,
          foreign.map((origin) => [...upgrade, `Origin: ${origin}`]),
          { as: "page" },
        ),
        under(
          403,
          socket,
          [
            [...upgrade, "-Origin"],
            [...upgrade, "Sec-Fetch-Site: cross-site"],
            [...upgrade, "-Cookie"],
          ],
          { as: "page" },
        ),
        under(400, socket, [[...upgrade, "+Origin: (origin)"]], { as: "page" }),
        under(403, "GET /_strongroom/socket", [upgrade], { as: "page" }),
        under(403, "GET /_strongroom/socket?ticket=(token)", [upgrade], { as: "page" }),
        under(403, "GET /_strongroom/socket?ticket=(ticket)&ticket=(ticket)", [upgrade], { as: "page" }),
        under(403, "GET /_strongroom/socket?Ticket=(ticket)", [upgrade], { as: "page" }),
        under(
          [400, 404],
          ["/", "/socket", "/_strongroom/ws", "/_strongroom/socket/", "/_stcore/stream"].map(
            (path) => `GET ${path}`,
          )[1] ?? "",
          [upgrade],
          { as: "page" },
        ),
        under(101, socket, [upgrade], { as: "page" }),
        under(
          400,
          socket,
          ["Sec-WebSocket-Version: 12", "Sec-WebSocket-Key: short", "Upgrade: h2c", "-Sec-WebSocket-Key"].map(
            (change) => [...upgrade, change],
          ),
          { as: "page" },
        ),
      ),
    ],
    provenBy: [`${crossSite} › another site's page opens no socket, sends nothing and reads nothing`],
  },
  {
    id: "D02",
    title: "The list of allowed origins was matched by how an origin begins or ends.",
    against: "gateway",
    outcome: "An origin is compared whole: scheme, host, port.",
    attempts: [
      http(
        under(
          403,
          "POST /_strongroom/ticket",
          foreign.map((origin) => `Origin: ${origin}`),
          { as: "page" },
        ),
      ),
    ],
    provenBy: ["packages/strongroom/src/gateway/edge/own-origins.test.ts › the origin of a request"],
  },
  {
    id: "D03",
    title: "A socket asked for no origin at all.",
    against: "gateway",
    outcome: "As D01: without an origin there is no socket.",
    attempts: [
      http(
        under(
          403,
          socket,
          [
            [...upgrade, "-Origin"],
            [...upgrade, "Origin: "],
            [...upgrade, "-Origin", "Sec-WebSocket-Origin: (origin)"],
            [...upgrade, "-Origin", "Referer: (origin)/"],
          ],
          { as: "page" },
        ),
      ),
    ],
  },
  {
    id: "D04",
    title: "A development server listened to any web page that the developer opened.",
    against: "gateway",
    outcome:
      "The development server has the same guards as the production server; a name that leads to this machine is not one of its own.",
    attempts: [
      http(
        under(421, "GET /", ["Host: rebound.attacker.example:(port)", "Host: attacker.example"], {
          as: "viewer",
        }),
        under(
          421,
          "POST /_strongroom/ticket",
          [["Host: attacker.example:(port)", "Origin: http://attacker.example:(port)"]],
          { as: "page" },
        ),
        under(403, "GET /_strongroom/assets/x.js", [
          ["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: script"],
        ]),
        under([403, 405], "OPTIONS /_strongroom/ticket", [
          [
            "Origin: https://attacker.example",
            "Access-Control-Request-Method: POST",
            "Access-Control-Request-Private-Network: true",
          ],
        ]),
      ),
    ],
    provenBy: [`${crossSite} › another site's page opens no socket, sends nothing and reads nothing`],
  },
  {
    id: "D05",
    title: 'The origin was looked at only where a cookie stood, and "null" was let through.',
    against: "gateway",
    outcome: "Only our own origin acts, whatever else the request has.",
    attempts: [
      http(
        ...(["stranger", "viewer", "page"] as const).flatMap((as) =>
          [
            "POST /_strongroom/ticket",
            "PUT /_strongroom/upload/(slot)",
            "DELETE /_strongroom/uploaded/(token)/x",
          ].map((line) =>
            under(
              403,
              line,
              [
                ["Origin: null"],
                ["Origin: https://attacker.example"],
                ["-Origin"],
                ["Origin: null", "Sec-Fetch-Site: same-origin"],
                ["Origin: null", "-Sec-Fetch-Site"],
              ],
              { as },
            ),
          ),
        ),
        under(403, "POST /_strongroom/ticket", [["Origin: (origin)", "Sec-Fetch-Site: same-origin"]]),
      ),
    ],
  },
  {
    id: "D06",
    title: "A pattern for origins was anchored at one end only.",
    against: "gateway",
    outcome: "A pattern does not start: origins are written out.",
    attempts: [
      {
        kind: "config",
        settings: [
          "https://*.example.com",
          "*",
          "https://example.com/*",
          ".example.com",
          "example.com",
          "^https://.*$",
          "https://example.com/path",
          "https://user@example.com",
          "null",
          "https://example.com?x",
          "ftp://example.com",
          "https://exa mple.com",
          "https://EXAMPLE.com",
          "",
        ].map((origin) => `[server]\nallowedOrigins = [${JSON.stringify(origin)}]\n`),
      },
    ],
    provenBy: ["packages/strongroom/src/gateway/http/document.test.ts › an origin that is a pattern"],
  },
  {
    id: "D08",
    title: "One act had been forgotten when the others were given their token.",
    against: "gateway",
    outcome: "An act without a policy does not compile, and the start tries each of them.",
    attempts: [
      http(
        acts.flatMap((act) => [
          ...under(
            403,
            `POST /_strongroom/${act}`,
            [
              "Origin: https://evil.example",
              "Origin: null",
              "Origin: (origin).evil.example",
              "-Origin",
              "Sec-Fetch-Site: cross-site",
              "Sec-Fetch-Site: same-site",
              ["Origin: https://evil.example", "Referer: (origin)/", "-Sec-Fetch-Site"],
            ],
            { as: "signed-in" },
          ),
          ...asks(405, [`GET /_strongroom/${act}`, `PUT /_strongroom/${act}`], { as: "signed-in" }),
        ]),
        // Where a ticket is asked for, it is fresh, one's own and in its place.
        asks(
          403,
          words`login logout logins/end?id=(their_login) logins/end-others`.flatMap((act) => {
            const [path = "", query = ""] = act.replace("_", " ").split("?");
            return ["", "ticket=", "ticket=(token)", "ticket=(session)", "Ticket=(ticket)"].map(
              (ticket) => `POST /_strongroom/${path}?${[query, ticket].filter(Boolean).join("&")}`,
            );
          }),
          { as: "signed-in" },
        ),
      ),
    ],
    provenBy: [
      "packages/strongroom/src/gateway/self-attack/self-attack.test.ts › a gateway that is whole refuses every attempt",
      "packages/strongroom/src/gateway/access/policies.test.ts › each operation answers each asker as it is written here",
    ],
  },
  {
    id: "D09",
    title: "A sibling under the same domain set cookies for the parent.",
    against: "gateway",
    outcome:
      "Cookies have the prefix __Host-, which browsers take from this host only; one that stands twice is nobody's.",
    attempts: [
      http(
        under([200, 400], "GET /", [
          ["Cookie: (cookie-name)=aaa; (cookie)"],
          ["Cookie: strongroom-viewer=(token)"],
          ["Cookie: __Host-strongroom-viewer=x; __Host-strongroom-viewer=y"],
        ]),
        under(
          403,
          "POST /_strongroom/ticket",
          [
            ["Cookie: (cookie-name)=x"],
            ["Cookie: (cookie-name)=; a=b"],
            ["Cookie: X(cookie)"],
            ["Cookie: (cookie); (cookie-name)=(token)"],
            ["Cookie: (cookie-name)=(token); (cookie)"],
          ],
          {
            as: "page",
          },
        ),
      ),
    ],
    provenBy: ["packages/strongroom/src/gateway/edge/cookies.test.ts › every attribute stands as it should"],
  },
  {
    id: "D11",
    title: "A script or picture element of another site read what only the visitor may see.",
    against: "gateway",
    outcome: "403 by what the browser says of the request, and a header that lets no other origin have it.",
    attempts: [
      http(
        ...["script", "image", "style", "font", "video", "object", "embed", "iframe", "track", "worker"].map(
          (dest) =>
            under(
              403,
              "GET /_strongroom/bytes/(token)",
              [["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors", `Sec-Fetch-Dest: ${dest}`]],
              { as: "viewer" },
            ),
        ),
        under(
          403,
          "GET /",
          [
            ["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe"],
            ["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: script"],
            ["Sec-Fetch-Site: same-site", "Sec-Fetch-Mode: cors", "Sec-Fetch-Dest: empty"],
            ["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: object"],
          ],
          { as: "viewer" },
        ),
      ),
    ],
    provenBy: [
      `${crossSite} › another site's page opens no socket, sends nothing and reads nothing`,
      "packages/strongroom/src/gateway/edge/fetch-metadata.test.ts › a script of another site cannot read a resource by leaving out how it was asked for",
    ],
  },
  {
    id: "D12",
    title: "Messages of the embedding page were believed, whoever had sent them.",
    against: "browser",
    outcome:
      "A frame hears one message, of the very window that it has opened, while that shows this app; that window hears one, of the frame that opened it. Nothing else in the page listens, and no page that is not listed may hold it in a frame.",
    attempts: [
      {
        kind: "source",
        files: /^packages\/strongroom\/src\/browser\/(?!beside\.ts|sign-in-window\.ts).*(?<!\.test)\.tsx?$/,
        lacks: /(?<!socket\.)addEventListener\("message"|onmessage\s*=|postMessage\(/,
      },
    ],
    provenBy: [
      `${crossSite} › no other page holds it in a frame`,
      "tests/identity/frame.test.ts › a window that no frame of the app has opened signs nobody in",
      "packages/strongroom/src/gateway/embedding.test.ts › a page names those who may frame it, each by its whole name, and nobody where none is listed",
    ],
  },
  {
    id: "D13",
    title: "A platform told its users to switch the protection off, so that embedding worked.",
    against: "gateway",
    outcome:
      "There is no switch that takes a protection away. A page that is listed shows the app in a frame with all of them: sockets, uploads, cookies and signing in work there as they do without.",
    attempts: [
      {
        kind: "config",
        settings:
          words`enableXsrfProtection enableCORS enableWebsocketCompression cookieSameSite xsrf csrf cors csp disableSecurity allowAllOrigins trustHost insecure`.map(
            (name) => `[server]\n${name} = false\n`,
          ),
      },
    ],
    provenBy: [
      "tests/e2e/embedding.test.ts › a listed page shows the app in a frame, where all of it works; any other page shows nothing of it",
      "packages/strongroom/src/gateway/embedding.test.ts › in a frame its cookie belongs to the page that frames it, and is taken for what it is",
      "tests/identity/frame.test.ts › who signs in in a frame does so in a window of its own, and that frame has them at once, and nothing else has",
    ],
  },
  {
    id: "D14",
    title: "Apps of one host shared their cookies.",
    against: "gateway",
    outcome:
      "One server serves one app, best under a host name of its own. Below a path of a shared host, cookies bear that path in their name, and another app's is nobody's.",
    provenBy: [
      "packages/strongroom/src/gateway/base.test.ts › tickets, sockets and reports go below the path; cookies bear it in their name",
      "packages/strongroom/src/gateway/base.test.ts › another app's cookie on the same host is nobody's",
      "tests/e2e/base-path.test.ts › behind %s, everything that a viewer does stays below it",
    ],
  },
];
