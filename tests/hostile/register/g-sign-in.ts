import { asks, http, under, unit, upgrade, words, type Entry } from "./entry.ts";
import { leaveTheSite } from "./redirects.ts";

const negative = "tests/identity/negative.test.ts";
const signIn = "tests/identity/sign-in.test.ts";
const head = (more: object): string => JSON.stringify(more);
const idToken = `${negative} › an ID token %s signs nobody in` as const;
const once = `${negative} › a callback counts once, for the browser that began, and for nobody else` as const;

export const signIns: readonly Entry[] = [
  {
    id: "G01",
    title: "A token without a signature was believed.",
    against: "gateway",
    outcome: "The algorithm is ours to choose: only those with a key pair.",
    attempts: [
      http(
        [
          "",
          "logout_token=",
          "logout_token=e30.e30.",
          "logout_token=eyJhbGciOiJub25lIiwidHlwIjoibG9nb3V0K2p3dCJ9.e30.",
          "logout_token=a.b.c&logout_token=a.b.c",
          `logout_token=${"a".repeat(19_000)}`,
        ].map((body) => ({ line: "POST /_strongroom/backchannel-logout", body, status: [400] })),
      ),
      unit("head of a token", "refused", [
        ...words`none None NONE nOnE none\u0000 HS256 HS384 HS512 RSA1_5 A128KW dir ES256K__proto__ RS1 RS256,none`.map(
          (alg) => head({ alg }),
        ),
        head({}),
        head({ alg: null }),
        head({ alg: ["RS256"] }),
        head({ alg: { toString: "RS256" } }),
        "{",
        "[]",
        '"RS256"',
        "null",
      ]),
    ],
    provenBy: [idToken],
  },
  {
    id: "G02",
    title: "A token brought the key along with which it was checked.",
    against: "gateway",
    outcome: "Keys come from the provider's metadata; what a token says of keys is not read.",
    provenBy: [idToken],
  },
  {
    id: "G03",
    title: "The public key served as a secret.",
    against: "gateway",
    outcome: "No algorithm with a shared secret is taken.",
    attempts: [
      unit(
        "head of a token",
        "refused",
        words`HS256 hs256 HS1 HMAC`.map((alg) => head({ alg, typ: "JWT" })),
      ),
    ],
    provenBy: [idToken],
  },
  {
    id: "G04",
    title: "A rule that a token demands was not known, and was ignored.",
    against: "gateway",
    outcome: "A token that demands anything is refused.",
    attempts: [
      unit("head of a token", "refused", [
        head({ alg: "RS256", crit: ["x"], x: 1 }),
        head({ alg: "RS256", crit: [] }),
        head({ alg: "RS256", crit: ["b64"], b64: false }),
        head({ alg: "RS256", crit: "exp" }),
      ]),
    ],
    provenBy: [idToken],
  },
  {
    id: "G05",
    title: "Huge tokens, and packed ones that became huge.",
    against: "gateway",
    outcome: "What is longer than 16,384 characters, packed or encrypted is refused before it is read.",
    attempts: [
      unit("head of a token", "refused", [
        head({ alg: "RS256", zip: "DEF" }),
        head({ alg: "RS256", enc: "A128GCM" }),
        head({ alg: "RSA-OAEP", enc: "A256GCM", zip: "DEF" }),
        head({ alg: "RS256", pad: "x".repeat(20_000) }),
      ]),
    ],
    provenBy: [idToken],
  },
  {
    id: "G06",
    title: "An old way to encrypt keys told an attacker, by its errors, what was inside.",
    against: "gateway",
    outcome: "No encrypted token is read.",
    attempts: [
      unit(
        "head of a token",
        "refused",
        words`RSA1_5 RSA-OAEP RSA-OAEP-256 ECDH-ES PBES2-HS256+A128KW`.map((alg) =>
          head({ alg, enc: "A128CBC-HS256" }),
        ),
      ),
    ],
  },
  {
    id: "G07",
    title: "The state of a sign-in was not bound to the browser that began it.",
    against: "gateway",
    outcome: "A callback in another browser is refused.",
    attempts: [
      http(
        // Nothing was begun by whoever comes so.
        asks(
          400,
          [
            "GET /oauth2callback",
            "GET /oauth2callback?code=(token)&state=(token)",
            "GET /oauth2callback?error=access_denied&state=(token)&error_description=evil.example",
          ],
          { lacks: ["evil.example", "strongroom-viewer="] },
        ),
        under(400, "GET /oauth2callback?code=(token)&state=(token)", [
          "Cookie: __Host-strongroom-sign-in=(token)",
          "Cookie: strongroom-sign-in=(token)",
          "Cookie: __Host-strongroom-sign-in=(session); strongroom-sign-in=(session)",
        ]),
        asks(405, ["HEAD /oauth2callback", "POST /oauth2callback"]),
      ),
    ],
    provenBy: [once],
  },
  {
    id: "G08",
    title: "What had begun at one provider could end at another.",
    against: "gateway",
    outcome: "The provider is part of what was begun, and its name in the answer must fit.",
    provenBy: [
      `${negative} › who begins at one of several providers cannot end at another`,
      `${negative} › a callback with %s signs nobody in, and its code goes nowhere`,
    ],
  },
  {
    id: "G09",
    title: "In one way of storing it, a wrong state was let through.",
    against: "gateway",
    outcome: "There is one way of storing it; wrong, missing and used ones are refused.",
    provenBy: [`${negative} › a callback with %s signs nobody in, and its code goes nowhere`, once],
  },
  {
    id: "G10",
    title: "Accounts were joined by an address that nobody had verified.",
    against: "gateway",
    outcome:
      "Somebody is an issuer and a subject; an address counts where it is verified, and true is the only word for it.",
    provenBy: [
      "packages/strongroom/src/gateway/access/may.test.ts › an address that is verified as %j counts for nothing",
      `${signIn} › tells the author's code who it is, and no token`,
    ],
  },
  {
    id: "G11",
    title: "A code was redeemed twice at the same moment.",
    against: "gateway",
    outcome: "What a callback is for is taken out of the store in one step: one of twenty succeeds.",
    provenBy: [
      once,
      "packages/strongroom/src/gateway/store/store.test.ts › are taken by one of many, and by nobody once they have expired",
    ],
  },
  {
    id: "G12",
    title: "The weak form of a proof was announced and taken.",
    against: "gateway",
    outcome: "Every request to a provider carries S256.",
    provenBy: [`${signIn} › asks the provider with PKCE S256, state, nonce and our own address`],
  },
  {
    id: "G13",
    title: "An address to come back to was taken with a script or a wildcard in it.",
    against: "gateway",
    outcome:
      "There is one address to come back to, from the configuration; the page after it is one of the app's own.",
    attempts: [
      unit(
        "page after a sign-in",
        "/",
        words`javascript:alert(1) JAVASCRIPT://x data:text/html,x vbscript:x https://*.example.com * file:///etc/passwd`,
      ),
    ],
    provenBy: [`${negative} › what leads elsewhere after a sign-in leads to the first page`],
  },
  {
    id: "G14",
    title: "An address with two at-signs was one of the company's.",
    against: "gateway",
    outcome: "An address is parsed whole; what is not plain is nobody's.",
    attempts: [
      unit("member of company.com", "refused", [
        "a@evil.com@company.com",
        '"a@evil.com"@company.com',
        '"a\\"@evil.com"@company.com',
        "a@company.com.evil.com",
        "a@sub.company.com",
        "a@evilcompany.com",
        "a@company.com.",
        "a@company.com@",
        "@company.com",
        "a@company.com, b@evil.com",
        "a@company.com\r\nx",
        "a@\u0441ompany.com",
        "a@company\uff0ecom",
        "a@xn--company.com",
        "a%40evil.com@company.com ",
        " a@company.com",
        "<a@company.com>",
        "A <a@company.com>",
        "a@[127.0.0.1]",
        "mailto:a@company.com?x",
        "a@company.com\u0000",
        "",
      ]),
      unit("member of company.com", "let in", ["a@company.com", "A.b+c@COMPANY.com"]),
    ],
    provenBy: [
      "packages/strongroom/src/gateway/access/may.test.ts › of 20,000 made-up addresses, those that a domain's rule lets in end in @ and that domain, once",
    ],
  },
  {
    id: "G15",
    title: "A restriction to a group stopped working, and no test had said who is kept out.",
    against: "gateway",
    outcome: "Each rule has tests of who is refused; a key that nobody knows stops the start.",
    attempts: [
      {
        kind: "config",
        settings: [
          '[access]\nalow = "signed-in"\n',
          "[access]\nallow = []\n",
          '[access]\nallow = ["*"]\n',
          '[access]\nallow = ["*@*"]\n',
          '[access]\nallow = ["*@"]\n',
          '[access]\nallow = ["*@.com"]\n',
          '[access]\nallow = ["group:"]\n',
          '[access]\nallow = ["*@*.company.com"]\n',
          '[access]\nallow = "everyone"\n',
          "[access]\nallow = true\n",
          "[access]\nallowAll = true\n",
          '[access]\nallow = ["anyone"]\n',
          '[access.pages]\nadmin = ["*"]\n',
          '[access]\nallow = ["/.*@company.com/"]\n',
        ],
      },
    ],
    provenBy: [
      "packages/strongroom/src/gateway/access/access.test.ts › who has signed in and is not meant reads who they are and whom to ask, and no page runs",
    ],
  },
  {
    id: "G16",
    title: "An address to go on to left the site, in one of a thousand spellings.",
    against: "gateway",
    outcome: "What is not a page of this app, letter by letter, is the first page.",
    attempts: [
      unit("page after a sign-in", "/", leaveTheSite),
      http(
        asks(
          [200, 400, 404],
          words`/?next=//evil.example /?redirect=https://evil.example /?returnTo=%2f%2fevil.example`.map(
            (path) => `GET ${path}`,
          ),
          { lacks: ["evil.example/"] },
        ),
        // Where there is a provider, one is led to it, and never by what the request names.
        asks(
          [200, 404],
          words`//evil.example https://evil.example /%5cevil.example %2f%2fevil.example javascript:evil.example`.map(
            (to) => `POST /_strongroom/login?ticket=(ticket)&to=${to}`,
          ),
          { as: "page", lacks: ["evil.example"] },
        ),
        under(
          [200, 404],
          "POST /_strongroom/login?ticket=(ticket)&redirect_uri=https://evil.example",
          [
            "X-Forwarded-Host: evil.example",
            "Forwarded: host=evil.example",
            "X-Forwarded-Proto: evil.example",
          ],
          { as: "page", lacks: ["evil.example"] },
        ),
      ),
    ],
    provenBy: [`${negative} › what leads elsewhere after a sign-in leads to the first page`],
  },
  {
    id: "G17",
    title: "A proof was lost when the server below was changed.",
    against: "gateway",
    outcome: "What a request to the provider must hold is a test.",
    provenBy: [`${signIn} › asks the provider with PKCE S256, state, nonce and our own address`],
  },
  {
    id: "G18",
    title: "A mail with a new password linked to whatever host the request named.",
    against: "elsewhere",
    outcome: "Our own addresses come from the configuration (see C10).",
    cannot: "no mails are sent, and there are no passwords here.",
  },
  {
    id: "G19",
    title: "The token of a sign-in that was not finished served as one that was.",
    against: "gateway",
    outcome:
      "Cookies, tickets, sessions, places for uploads and handles are looked up each in a place of its own.",
    attempts: [
      http(
        under(403, "GET /_strongroom/socket?ticket=(session)", [upgrade], { as: "page" }),
        under(403, "GET /_strongroom/socket?ticket=(slot)", [upgrade], { as: "page" }),
        asks(
          404,
          [
            "GET /_strongroom/bytes/(ticket)",
            "GET /_strongroom/bytes/(slot)",
            "GET /_strongroom/bytes/(session)",
          ],
          { as: "viewer" },
        ),
        [
          {
            line: "PUT /_strongroom/upload/(ticket)",
            as: "page",
            headers: ["X-Strongroom-Ticket: (ticket)", "X-Strongroom-Name: a.csv"],
            body: "a",
            status: [404],
          },
          {
            line: "PUT /_strongroom/upload/(slot)",
            as: "page",
            headers: ["X-Strongroom-Ticket: (slot)", "X-Strongroom-Name: a.csv"],
            body: "a",
            status: [403],
          },
          {
            line: "PUT /_strongroom/upload/(slot)",
            as: "page",
            headers: ["X-Strongroom-Ticket: (session)", "X-Strongroom-Name: a.csv"],
            body: "a",
            status: [403],
          },
          {
            line: "POST /_strongroom/ticket",
            as: "page",
            headers: ["Cookie: (cookie-name)=in.(session)"],
            status: [403],
          },
        ],
      ),
    ],
  },
  {
    id: "G20",
    title: "A mail with a link to sign in went to somebody else, or held markup.",
    against: "elsewhere",
    outcome: "Signing in is the provider's work.",
    cannot: "no mails are sent.",
  },
];
