import { asks, http, under, unit, upgrade, words, type Entry } from "./entry.ts";

/* oxlint-disable no-script-url -- these are what is refused */
export const outbound: readonly Entry[] = [
  {
    id: "C01",
    title: "The server fetched addresses that it found in data.",
    against: "worker",
    outcome:
      "An address in data is a text, or a link for the viewer's browser; code of an app has no network of its own.",
    attempts: [
      http(
        asks(
          200,
          words`/?url=http://169.254.169.254/ /?src=file:///etc/passwd /?name=gopher://127.0.0.1:6379/_INFO`.map(
            (path) => `GET ${path}`,
          ),
          { as: "viewer" },
        ),
      ),
      {
        kind: "source",
        files: /^packages\/strongroom\/src\/(gateway|worker|elements)\/.*(?<!\.test)\.tsx?$/,
        lacks: /(?<![\w.#])fetch\(/,
        // To the provider that the operator named, with a sign-in.
        but: /gateway\/auth\/|worker\/(environment|network)\.ts$/,
      },
    ],
    provenBy: [
      "packages/strongroom/src/gateway/supervise/barriers.test.ts › a cell holds the app and nothing else",
    ],
  },
  {
    id: "C02",
    title: "A remote configuration added hosts to those that a proxy served.",
    against: "gateway",
    outcome: "No route leads to another server, and what the configuration said at the start is frozen.",
    attempts: [
      http(
        asks(
          [400, 404],
          words`/_strongroom/proxy/http://127.0.0.1:1/ /_strongroom/proxy=http://evil.example /proxy/80/ /_strongroom/proxy?url=http://evil.example`.map(
            (path) => `GET ${path}`,
          ),
        ),
        asks(
          [400, 405],
          [
            "CONNECT evil.example:443",
            "GET http://evil.example/",
            "GET https://evil.example:443/",
            "OPTIONS *",
          ],
        ),
      ),
    ],
    provenBy: ["packages/strongroom/src/config/load.test.ts › the value is frozen"],
  },
  {
    id: "C03",
    title: "One HTTP client kept the cookies of all users.",
    against: "broker",
    outcome: "The broker keeps no cookies and follows no redirect.",
    provenBy: [
      "packages/strongroom/src/broker/http/http.test.ts › that sends elsewhere is not followed, and gives no cookie",
    ],
  },
  {
    id: "C04",
    title: "A path with a port in it led to whatever listened there.",
    against: "gateway",
    outcome: "404: no port can be named.",
    attempts: [
      http(
        asks(
          [404],
          words`/mpl/8080/ /proxy/8501/ /port/22 /_strongroom/port/22/x /absolute/6379/`.map(
            (path) => `GET ${path}`,
          ),
        ),
      ),
    ],
  },
  {
    id: "C05",
    title: "An element's address was fetched by the server.",
    against: "worker",
    outcome: "Pictures are bytes or paths of the app's own; other hosts are refused, in whatever spelling.",
    attempts: [
      unit("address of a link", "refused", [
        "//169.254.169.254/",
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
        "ftp://127.0.0.1/",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        " javascript:alert(1)",
        "\u0001javascript:alert(1)",
        "vbscript:x",
        "data:text/html,<script>alert(1)</script>",
        "blob:null/x",
        "view-source:http://a",
        "https:evil.example",
        "http:/evil.example",
        "\\\\evil.example",
        "/\\evil.example",
        "\u00a0javascript:alert(1)",
        "x".repeat(3_000),
      ]),
    ],
    provenBy: [
      "packages/strongroom/src/elements/image/image.test.ts › takes paths of the app's own origin only",
      "packages/strongroom/src/elements/dataframe/dataframe.test.ts › pictures of other hosts are refused: pages ask nothing of them",
      "tests/hostile/path-injection/path-injection.test.ts › a value in a path, a query or a header stays one, whatever it is",
    ],
  },
  {
    id: "C06",
    title: "A list of allowed hosts was got round by odd spellings.",
    against: "gateway",
    outcome: "The Host header must be one of our own, letter for letter.",
    attempts: [
      http(
        under(
          [400, 421],
          "GET /",
          [
            "attacker.example",
            "(host).attacker.example",
            "attacker.example#(host)",
            "(host)@attacker.example",
            "attacker.example@(host)",
            "(host)/",
            "(host)\\",
            "(host).",
            "127.0.0.1.:(port)",
            "127.1:(port)",
            "2130706433:(port)",
            "0x7f000001:(port)",
            "0177.0.0.1:(port)",
            "127.0.0.1:0(port)",
            "127.0.0.1:(port)(port)",
            "[::ffff:127.0.0.1]:(port)",
            "localhost.:(port)",
            "xn--localhost:(port)",
            "(host), attacker.example",
            "(host) attacker.example",
            "0.0.0.0:(port)",
          ].map((host) => `Host: ${host}`),
        ),
        under(400, "GET /", [["+Host: attacker.example"], ["+Host: (host)"]]),
        under([400, 421], "GET /", [["-Host"], ["Host:"], ["Host: \t"]]),
      ),
    ],
  },
  {
    id: "C07",
    title: "A port that held a host sent the session's cookie to the attacker.",
    against: "gateway",
    outcome:
      "The gateway forwards nothing over HTTP: workers and broker are reached by descriptors, and cookies stay in the gateway.",
    attempts: [
      http(
        asks([400, 404], ["GET /proxy/8080@evil.example/", "GET /_strongroom/port/22@evil.example"], {
          as: "viewer",
        }),
      ),
    ],
    provenBy: [
      "tests/hostile/canaries.test.ts › a worker's memory has the author's secrets, and none of [auth] and [connections]",
    ],
  },
  {
    id: "C08",
    title: "A redirect, or a call that nobody had wrapped, went round the filter of addresses.",
    against: "worker",
    outcome: "In the sandbox of an app there is no network: nothing could go round.",
    provenBy: [
      "packages/strongroom/src/gateway/supervise/barriers.test.ts › a cell holds the app and nothing else",
    ],
  },
  {
    id: "C09",
    title: "A stored credential went along to a host that the caller chose.",
    against: "broker",
    outcome:
      "A connection has one address; a path cannot leave it, and a redirect is answered, not followed.",
    provenBy: [
      "packages/strongroom/src/broker/http/http.test.ts › that sends elsewhere is not followed, and gives no cookie",
      "tests/hostile/path-injection/path-injection.test.ts › a value in a path, a query or a header stays one, whatever it is",
    ],
  },
  {
    id: "C10",
    title: "Headers that name a host steered where the server went and what it linked to.",
    against: "gateway",
    outcome: "Such headers change nothing: our own addresses come from the configuration.",
    attempts: [
      http(
        under(
          200,
          "GET /",
          [
            "X-Forwarded-Host: attacker.example",
            "X-Forwarded-Server: attacker.example",
            "X-Host: attacker.example",
            "X-Original-URL: http://attacker.example/",
            "X-Rewrite-URL: /attacker.example",
            "X-HTTP-Host-Override: attacker.example",
            "Forwarded: for=1.2.3.4;host=attacker.example;proto=https",
            "X-Forwarded-Prefix: /attacker.example",
            "X-Forwarded-Scheme: attacker.example",
            "X-Forwarded-Port: 1234attacker.example",
            "True-Client-IP: attacker.example",
            "Referer: https://attacker.example/",
          ],
          { lacks: ["attacker.example"] },
        ),
        under(
          403,
          "GET /_strongroom/socket?ticket=(ticket)",
          [[...upgrade, "Origin: http://attacker.example", "X-Forwarded-Host: attacker.example"]],
          { as: "page" },
        ),
        under(421, "GET /", [["Host: attacker.example", "X-Forwarded-Host: (host)"]]),
      ),
    ],
  },
];
