import { asks, http, under, type Entry } from "./entry.ts";

const canaries = "tests/hostile/canaries.test.ts";
const hosts =
  "secrets of several apps are the business of the platform that hosts them; no route here reads or writes a secret.";

export const leaks: readonly Entry[] = [
  {
    id: "M01",
    title: "The log of a failure held the cookies of who had met it.",
    against: "gateway",
    outcome: "The log has an id, the operation and the error; nothing of the request.",
    provenBy: [
      "tests/hostile/log-lines.test.ts › a request that fails inside leaves an id in the log, and no cookie, header, ticket or query of its own",
      `${canaries} › in what the server has printed`,
    ],
  },
  {
    id: "M02",
    title: "Visitors saw stack traces, and the password in a message.",
    against: "worker",
    outcome: "In production a visitor reads an id; details are for the log, and secrets are hidden in both.",
    provenBy: [
      "packages/strongroom/src/gateway/gateway.test.ts › is told with its place only where details may be shown",
      `${canaries} › with a page that writes all of them in all forms`,
    ],
  },
  {
    id: "M03",
    title: "An interface gave out the passwords of connections.",
    against: "broker",
    outcome: "The broker reads them itself, and hides them in what it answers.",
    provenBy: [
      "packages/strongroom/src/broker/broker.test.ts › credentials in cells are hidden in what they say: text in bytes, JSON, numbers",
      `${canaries} › the gateway's memory has none of [connections], whose secrets the broker alone reads`,
    ],
  },
  {
    id: "M05",
    title: "Programs called home though that was off.",
    against: "gateway",
    outcome:
      "Nothing here calls anybody: no statistics, no question for newer versions, no question for the own address.",
    attempts: [
      {
        kind: "source",
        files: /^packages\/strongroom\/src\/.*(?<!\.test|\.example)\.tsx?$/,
        lacks:
          /["'`]https?:\/\/(?!127\.0\.0\.1|localhost|\[::1\]|www\.w3\.org\/|schemas\.openid\.net\/event\/|\$|\/|[\w.-]*example\.(com|org)|x["'/]|a["'/])[\w.-]+\.[a-z]{2,}/,
      },
    ],
    provenBy: [
      "tests/hostile/markup.test.ts › no text runs, loads or becomes anything, wherever an app shows it (from payload %i)",
    ],
  },
  {
    id: "M06",
    title: "The start asked a service on the internet for its own address.",
    against: "gateway",
    outcome: "As M05: own addresses are those of the configuration and of loopback.",
    attempts: [
      {
        kind: "source",
        files: /^packages\/strongroom\/src\/(gateway|cli)\/.*(?<!\.test)\.ts$/,
        lacks: /checkip|ipify|ifconfig\.me|networkInterfaces\(/,
      },
    ],
  },
  {
    id: "M07",
    title: "Variables that nobody had marked as sensitive could be read by staff.",
    against: "elsewhere",
    outcome: "Every entry of secrets.toml is hidden, unless the operator names it as one that may be shown.",
    cannot: hosts,
  },
];

export const secrecy: readonly Entry[] = [
  {
    id: "N01",
    title: "Secrets were compared letter by letter, and the time told how many were right.",
    against: "gateway",
    outcome:
      "Tokens are looked up by their hash, of which an attacker knows nothing; codes are compared in constant time.",
    attempts: [
      {
        kind: "source",
        files: /^packages\/strongroom\/src\/(gateway|secrets)\/.*(?<!\.test)\.ts$/,
        lacks:
          /\b(ticket|token|secret|signature|mac|hmac|csrf)\w* ?[!=]== ?(?!undefined|null|"|typeof|maxTokenChars)\w+(?!\.length)\b/i,
        but: /uploads\/signatures\.ts$|self-attack\//,
      },
    ],
    provenBy: ["packages/strongroom/src/gateway/tickets.test.ts › a ticket opens once"],
  },
  {
    id: "N02",
    title: "A tunnel had one key for all, and fetched a program that nobody checked.",
    against: "build",
    outcome: "There is no tunnel; nothing that runs is fetched by what we ship.",
    attempts: [
      {
        kind: "source",
        files: /^packages\/strongroom\/package\.json$/,
        lacks: /"(pre|post)?install"|ngrok|localtunnel|cloudflared/,
      },
    ],
  },
  {
    id: "N03",
    title: "A cut-off code of authenticity was taken for a whole one.",
    against: "gateway",
    outcome: "Its length is fixed; what was cut, moved or changed does not open.",
    provenBy: [
      "packages/strongroom/src/gateway/store/seal.test.ts › does not open when it is cut short, at any length",
      "packages/strongroom/src/gateway/store/seal.test.ts › does not open in another place, with another key, or changed in any byte",
      "packages/strongroom/src/gateway/store/store.test.ts › does not open a value that was moved to another session",
    ],
  },
];

export const proxies: readonly Entry[] = [
  {
    id: "O01",
    title: "Headers of a proxy were believed, whoever had sent them.",
    against: "gateway",
    outcome:
      "They are read where the connection comes from a proxy that the configuration names, and from nobody else.",
    attempts: [
      http(
        under(200, "GET /", [
          "X-Forwarded-For: 127.0.0.1, 10.0.0.1",
          "X-Forwarded-Proto: https",
          "X-Forwarded-Proto: http",
          "Forwarded: for=127.0.0.1;proto=https",
          "X-Real-IP: 127.0.0.1",
          "X-Forwarded-Ssl: on",
          "Front-End-Https: on",
          "X-Forwarded-For: ".concat("1.1.1.1, ".repeat(500)),
        ]),
        under(
          403,
          "POST /_strongroom/ticket",
          ["Origin: https://attacker.example", "X-Forwarded-Proto: https"]
            .map((header) => [header, "X-Forwarded-Host: attacker.example"])
            .slice(0, 1),
          { as: "page" },
        ),
      ),
    ],
    provenBy: [
      "packages/strongroom/src/gateway/edge/client-address.test.ts › without trusted proxies no header counts",
    ],
  },
  {
    id: "O02",
    title: "A rule that let some addresses in without a sign-in could be met from outside.",
    against: "gateway",
    outcome: "There are no such rules: what is open to anybody stands in the table of operations.",
    attempts: [
      http(
        under(403, "POST /_strongroom/ticket", [
          "X-Forwarded-Uri: /healthz",
          "X-Original-URI: /healthz",
          "X-Auth-Request-Redirect: /healthz",
          "User-Agent: GoogleHC/1.0",
          "User-Agent: kube-probe/1.30",
        ]),
        asks(
          [400, 403, 404, 405],
          [
            "POST /_strongroom/ticket?x=/healthz",
            "POST /_strongroom/ticket#/healthz",
            "POST /healthz/../_strongroom/ticket",
            "POST /_strongroom/ticket?/healthz",
            "POST /_strongroom/ticket%23/healthz",
            "POST /_strongroom/ticket%3f/healthz",
            "POST /healthz/_strongroom/ticket",
          ],
        ),
        asks([404, 405], ["GET /healthz/x", "POST /healthz"]),
      ),
    ],
    provenBy: [
      "packages/strongroom/src/gateway/access/access.test.ts › nothing but the doors is open to who may not open the app",
    ],
  },
  {
    id: "O04",
    title:
      "An odd type of content went round the validator, or was validated as one thing and used as another.",
    against: "gateway",
    outcome:
      "No operation reads a body by its type; what comes on the socket is used as the decoder gave it.",
    attempts: [
      http(
        under(
          413,
          "POST /_strongroom/ticket",
          [
            "application/json",
            "application/JSON; charset=utf-7",
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "application/json\t; x",
            "application/jsonp",
            " application/json",
            "application/json;charset",
            "application/vnd.api+json",
            "text/json",
            "*/*",
            "application/json, text/plain",
            "application/xml",
          ].map((type) => `Content-Type: ${type}`),
          { as: "page", body: '{"__proto__":{"viewer":"x"}}' },
        ),
      ),
    ],
    provenBy: [
      "packages/strongroom/src/wire/messages.test.ts › with more answers, or larger ones, than an event brings is refused",
    ],
  },
  {
    id: "O05",
    title: "What one request said of the server's address was in the page of another.",
    against: "gateway",
    outcome: "Nothing of a request is kept for others; the configuration is frozen.",
    provenBy: [
      "packages/strongroom/src/config/load.test.ts › the value is frozen",
      "tests/hostile/register.test.ts › both servers stand as before, their neighbours noticed nothing, and no secret was printed",
    ],
  },
];
