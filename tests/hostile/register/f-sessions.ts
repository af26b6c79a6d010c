import { http, under, upgrade, type Entry } from "./entry.ts";

const logins = "packages/strongroom/src/gateway/auth/logins.test.ts";
const signOut = "tests/identity/sign-out.test.ts";
const signIn = "tests/identity/sign-in.test.ts";

export const sessions: readonly Entry[] = [
  {
    id: "F01",
    title: "Cookies went on to serve after a new password and a restart.",
    against: "gateway",
    outcome:
      "A cookie names a row in the store; with the row it is worth nothing, also on sockets that are open.",
    provenBy: [
      `${signOut} › signing out ends every open tab at once, also at the provider, and the cookie is worth nothing`,
      `${logins} › sign-ins outlive a restart; those that ended do not come back`,
    ],
  },
  {
    id: "F03",
    title: "Signing out left the other tabs signed in.",
    against: "gateway",
    outcome: "Every tab of a sign-in ends with it, within a second; the provider can end it, too.",
    provenBy: [
      "packages/strongroom/src/gateway/access/access.test.ts › a sign-in that ends takes every open tab with it within a second, ${rounds} of ${rounds} times",
      `${signOut} › a provider that says so ends the sign-ins of a person, once for each token`,
      "tests/identity/revocation.test.ts › nobody else is disturbed by any of it, and nothing is left of who is out",
    ],
  },
  {
    id: "F04",
    title: "The session from before the sign-in was the one after it, so that an attacker could lay one out.",
    against: "gateway",
    outcome: "A cookie that somebody brings along becomes nobody's sign-in: the sign-in makes a new one.",
    attempts: [
      http(
        // A name that was laid out is a name for an anonymous viewer at most; one that claims a sign-in is refused.
        under(
          403,
          "POST /_strongroom/ticket",
          [
            "Cookie: (cookie-name)=in.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "Cookie: (cookie-name)=fixed",
            "Cookie: (cookie-name)=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
          ],
          { as: "page" },
        ),
        under([200, 400], "GET /?(cookie-name)=(token)", [["-Cookie"]], { lacks: ["Signed in: true"] }),
      ),
    ],
    provenBy: [`${signIn} › leads back to the page it began on, with a cookie that is new and opaque`],
  },
  {
    id: "F05",
    title: "A proxy kept one visitor's page for the next.",
    against: "gateway",
    outcome: "All but the assets say no-store; a page that a refresh has taken up is nobody else's.",
    attempts: [
      http(
        under(
          200,
          "GET /",
          [
            ["-Cookie"],
            ["Cookie: (cookie)"],
            ["Cache-Control: max-age=3600"],
            ["Pragma: x-get-cache-key"],
            ["If-None-Match: *"],
            ["If-Modified-Since: Wed, 21 Oct 2026 07:28:00 GMT"],
            ["Range: bytes=0-1"],
          ],
          {
            has: { "cache-control": "no-store" },
          },
        ),
        under(404, "GET /style.css", [["Cookie: (cookie)"]], { has: { "cache-control": "no-store" } }),
        under(403, "GET /_strongroom/bytes/(token)", [["-Cookie"]], { has: { "cache-control": "no-store" } }),
        under(200, "POST /_strongroom/ticket", [["Content-Length: 0"]], {
          as: "page",
          has: { "cache-control": "no-store" },
        }),
      ),
    ],
  },
  {
    id: "F06",
    title: "Whoever knew the id of a session could go on with it.",
    against: "gateway",
    outcome: "A session is taken up by the viewer whose cookie began it; for others it does not exist.",
    attempts: [
      http(
        under([200, 400], "GET /", [["-Cookie", "Cookie: strongroom-tab=(session).1r"]], {
          lacks: ['"session":"(session)"'],
        }),
        under(403, "GET /_strongroom/socket?ticket=(session)", [upgrade], { as: "page" }),
        // With the cookies of a tab that somebody else has left, who has signed in as the asker has.
        under(200, "GET /", ["Cookie: (cookie); (their left)", "Cookie: (their left); (cookie)"], {
          as: "signed-in",
          lacks: ["(their session)"],
        }),
      ),
      {
        kind: "frames",
        as: "signed-in",
        frames: [
          { text: '{"t":"resume","protocol":1,"session":"(their session)","tree":1}', closes: [1008] },
          { text: '{"t":"resume","protocol":1,"session":"(their session)","tree":0}', closes: [1008] },
        ],
      },
    ],
    provenBy: [
      "tests/hostile/stolen.test.ts › gets nothing by a resume token",
      "tests/e2e/restore.test.ts › another browser gets nothing with a session's token",
      "packages/strongroom/src/gateway/socket/socket.test.ts › of another viewer is as if it did not exist",
    ],
  },
  {
    id: "F08",
    title: "A rewrite changed how long a cookie lives, and no test saw it.",
    against: "gateway",
    outcome: "The attributes of each cookie are written out in tests.",
    provenBy: [
      "packages/strongroom/src/gateway/edge/cookies.test.ts › every attribute stands as it should",
      "packages/strongroom/src/gateway/http/document.test.ts › cookies are for this host and TLS only, and browsers are told to stay with it",
    ],
  },
  {
    id: "F09",
    title: "A cookie held the whole identity, and grew too large.",
    against: "gateway",
    outcome: "A cookie is a random name of fixed length.",
    provenBy: [`${logins} › the cookie is a random name of fixed length, whatever the claims`],
  },
  {
    id: "F10",
    title: "An option could weaken a cookie, so that embedding worked.",
    against: "gateway",
    outcome: "No option says anything about cookies.",
    attempts: [
      {
        kind: "config",
        settings: [
          '[server]\ncookieSameSite = "none"\n',
          '[session]\nsameSite = "none"\n',
          "[session]\nsecure = false\n",
          "[session]\nhttpOnly = false\n",
          '[server]\ncookieDomain = ".example.com"\n',
          '[session]\nttl = "never"\n',
          "[session]\nsignInLife = 0\n",
        ],
      },
    ],
  },
];
