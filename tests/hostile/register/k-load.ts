import { asks, http, under, unit, upgrade, type Entry } from "./entry.ts";

const slow = "tests/hostile/slow-clients.test.ts";
const mask = "37fa213d";

/** A frame of a browser's: its first byte, how long it says that it is, and nothing in it. */
function frame(first: string, length: string, payload = ""): string {
  return `${first} ${length} ${mask} ${payload}`;
}

export const load: readonly Entry[] = [
  {
    id: "K01",
    title: "Tiny pieces, huge lengths and odd headers ended the socket's server, or ate its memory.",
    against: "gateway",
    outcome: "The connection ends; nothing is set aside for a length that is only announced.",
    attempts: [
      {
        kind: "bytes",
        bytes: [
          // Two gigabytes, and more than there are, announced.
          frame("81", "ff000000007fffffff"),
          frame("81", "ffffffffffffffffff"),
          frame("82", "ff0000000080000000"),
          // Not masked; bits that mean nothing; kinds that there are not.
          "8103616263",
          frame("c1", "80"),
          frame("a1", "80"),
          frame("91", "80"),
          frame("83", "80"),
          frame("8b", "80"),
          frame("8f", "80"),
          // A ping that is too long, one in pieces, a piece of nothing, a second beginning.
          frame("89", "fe007e", "00".repeat(126)),
          frame("09", "80"),
          frame("80", "80"),
          `${frame("01", "81", "56")} ${frame("01", "81", "56")}`,
          // A thousand pieces of one byte.
          `${frame("01", "81", "56")} ${frame("00", "81", "56").repeat(1_000)}`,
          // No UTF-8; a close of one byte, with a code that there is not, with a text that is none.
          frame("81", "82", "f704"),
          frame("88", "81", "37"),
          frame("88", "82", "37fa"),
          frame("88", "82", "3411"),
          frame("88", "84", "3412dec2"),
          // No frame at all.
          "474554202f20485454502f312e310d0a0d0a",
          "00".repeat(1_000),
          "ff".repeat(1_000),
        ],
      },
      http(
        under(
          101,
          "GET /_strongroom/socket?ticket=(ticket)",
          [
            "constructor",
            "__proto__",
            "toString, valueOf",
            "permessage-deflate; server_max_window_bits=8; client_max_window_bits=8",
            "permessage-deflate; __proto__=1",
          ].map((name) => [...upgrade, `Sec-WebSocket-Extensions: ${name}`]),
          { as: "page" },
        ),
        under(
          [400, 101],
          "GET /_strongroom/socket?ticket=(ticket)",
          [
            [...upgrade, "Sec-WebSocket-Protocol: constructor"],
            [...upgrade, `Sec-WebSocket-Protocol: ${"a,".repeat(2_000)}a`],
            [...upgrade, "Sec-WebSocket-Extensions: ;;,=;"],
          ],
          { as: "page" },
        ),
        under(431, "GET /", [`X: ${"x".repeat(100_000)}`, `Cookie: ${"a=b; ".repeat(20_000)}x=y`]),
        under([200, 400, 431], "GET /", [Array.from({ length: 1_000 }, (_, at) => `+X-${at}: y`)]),
      ),
    ],
    provenBy: [`${slow} › thousands of pings and connections leave the neighbour's page as it was`],
  },
  {
    id: "K02",
    title: "Memory that nobody had cleared went out in the reason of a close.",
    against: "gateway",
    outcome:
      "A close has a code and no text; memory that is not cleared is written over whole before anything is sent.",
    attempts: [
      {
        kind: "source",
        files: /^packages\/strongroom\/src\/gateway\/(socket|http|edge|auth|access)\/.*(?<!\.test)\.ts$/,
        lacks: /allocUnsafe|new Buffer\(/,
      },
    ],
  },
  {
    id: "K05",
    title: "A few characters kept a pattern or a renderer busy for ever.",
    against: "worker",
    outcome: "Our readers take time that grows with the text; an author's pattern has a limit.",
    attempts: [
      unit("address of a link", "refused", [
        `javascript:${"a".repeat(1_900)}!`,
        ` ${"\t".repeat(2_000)}`,
        `${"//".repeat(1_000)}`,
      ]),
      unit("member of company.com", "refused", [
        `${"a.".repeat(50_000)}@company.com`,
        `${"a@".repeat(50_000)}company.com`,
        `a@${"company.".repeat(50_000)}com`,
        `${"-".repeat(100_000)}`,
      ]),
      unit("page after a sign-in", "/", [
        `/${"a/".repeat(50_000)}`,
        `/${"%2e".repeat(50_000)}`,
        `${"/".repeat(100_000)}`,
      ]),
      unit("request target", "refused", [
        `/${"%".repeat(1_000)}`,
        `/${"./".repeat(500)}`,
        `/${"a".repeat(100_000)}`,
      ]),
      unit("name of an upload", "refused", [`${"../".repeat(10_000)}`, `${" ".repeat(100_000)}`]),
    ],
    provenBy: [
      "packages/strongroom/src/worker/markdown.test.ts › %s: gives what the wire admits",
      "packages/strongroom/src/worker/markdown.test.ts › %j without end is read in time",
      "packages/strongroom/src/elements/text-input/text-input.test.ts › refuses hostile addresses without trying them in every way",
      "packages/strongroom/src/secrets/mask.test.ts › a text of repetitions costs no more than its length",
    ],
  },
  {
    id: "K06",
    title: "A malformed header or address threw where nobody caught it, and the server ended.",
    against: "gateway",
    outcome: "400, or the connection ends; the process goes on.",
    attempts: [
      http(
        under([200, 400, 403], "GET /", [
          "Cookie: \u0000",
          "Cookie: =;=;;",
          "Cookie: (cookie-name)",
          "Cookie: (cookie-name)==",
          "Cookie: %",
          "Cookie: \u00ff\u00fe",
          `Cookie: ${"(cookie); ".repeat(50)}`,
          "Accept-Language: ;q=;;,*;q=NaN",
          "Accept-Language: xx-".concat("x".repeat(1_000)),
          "Accept-Encoding: gzip;q=abc, br;q=-1",
          "Range: bytes=--",
          "Range: bytes=9999999999999999999-",
          'If-None-Match: "',
          "Content-Type: ;",
          "Content-Type: text/plain; charset=\u0000",
          "Authorization: Bearer",
          "Sec-Fetch-Site: \u00ff",
          "Origin: \u00ff",
        ]),
        asks(
          [400, 405],
          [
            "",
            " ",
            "GET",

            "/ GET",
            "G\u0000T /",
            "\u0016\u0003\u0001",
            "GET /\u00ff",
            "PRI * HTTP/2.0",
            "GET / HTTP/9.9",
            "GET / HTTP/1.1 HTTP/1.1",
            "get /",
            "GET /%",
            "PROPFIND /",
            "DEBUG /",
            "SEARCH /",
            "TRACE /",
            "M-SEARCH /",
          ],
        ),
        under(
          [400, 413, 405],
          "POST /_strongroom/ticket",
          [
            ["Content-Length: 5", "Transfer-Encoding: chunked"],
            ["Transfer-Encoding: identity"],
            ["Transfer-Encoding: chunked, identity"],
            ["Transfer-Encoding: x"],
            [" Transfer-Encoding: chunked"],
            ["Transfer-Encoding : chunked"],
            ["Content-Length: 1,1"],
            ["Content-Length: +1"],
            ["Content-Length: 1e1"],
            ["Content-Length: 18446744073709551617"],
          ],
          { as: "page", body: "0\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n" },
        ),
        asks([400, 413], ["POST /_strongroom/csp-report"], {
          body: "0\r\n\r\nGET /zqx HTTP/1.1\r\n\r\n",
          headers: ["Content-Length: 6", "Transfer-Encoding: chunked"],
          lacks: ["HTTP/1.1"],
        }),
      ),
    ],
    provenBy: [
      "tests/hostile/forged-events.test.ts › closes the socket of whoever breaks the protocol, and nobody else notices",
    ],
  },
  {
    id: "K08",
    title: "A cache on disk grew without end.",
    against: "gateway",
    outcome: "Caches have limits in bytes, in memory and on disk: what was not used for longest goes.",
    provenBy: [
      "packages/strongroom/src/gateway/cache/shared-cache.test.ts › memory stays within bounds when keys come from viewers without end",
      "packages/strongroom/src/gateway/cache/disk-values.test.ts › take no more than they may: what was not used for longest goes",
    ],
  },
  {
    id: "K09",
    title: "The limits of a fresh installation were so high that one visitor filled the server.",
    against: "gateway",
    outcome:
      "Messages, sessions, sockets, events and requests have limits for each viewer and address, and the defaults hold.",
    attempts: [
      {
        kind: "config",
        settings: [
          "[limits]\nmessageBytes = 0\n",
          '[limits]\nmessageBytes = "1tb"\n',
          "[limits]\nsockets = -1\n",
          '[limits]\neventsPerSecond = "no"\n',
          "[limits]\nsessions = inf\n",
          '[server]\nmaxUploadSize = "none"\n',
          "[limits]\nunlimited = true\n",
        ],
      },
    ],
    provenBy: [
      "packages/strongroom/src/gateway/socket/socket.test.ts › events at once are refused one by one, and in the end the socket is closed",
      "packages/strongroom/src/gateway/socket/socket.test.ts › waiting for a browser that does not read: it is cut off, and comes back",
      "packages/strongroom/src/gateway/uploads/uploads.test.ts › 2 GB sent at a limit of 2 MB are cut, however they are announced",
      "tests/hostile/header-grade.test.ts › an address that asks without end is answered 429, and asks again later",
    ],
  },
  {
    id: "K10",
    title: "A validator gathered every fault of a large value.",
    against: "gateway",
    outcome: "The first fault ends it, and a message that is too long is not parsed.",
    provenBy: [
      "packages/strongroom/src/wire/messages.test.ts › that is longer than it may be is not parsed",
      "packages/strongroom/src/wire/schema.test.ts › says where, and what was expected, and never what came",
    ],
  },
];
