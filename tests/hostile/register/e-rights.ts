import { asks, gets, http, under, upgrade, words, type Entry, type Frame } from "./entry.ts";

const policies = "packages/strongroom/src/gateway/access/policies.test.ts";
const access = "packages/strongroom/src/gateway/access/access.test.ts";
const barriers = "packages/strongroom/src/gateway/supervise/barriers.test.ts";
const hosts = "the platform that hosts many apps has roles, tenants and builds; this server serves one app.";

function answers(id: string, ...values: readonly string[]): readonly Frame[] {
  return values.map((value) => ({
    text: `{"t":"event","n":(n),"tree":(tree),"values":{"${id}":${value}}}`,
    refused: "invalid-value",
  }));
}

function event(more: string, refused: string): Frame {
  return { text: `{"t":"event","n":(n),"tree":(tree),${more}}`, refused };
}

/** What the page for some alone shows. */
const administrators = ["for administrators only", "Own file"];

export const rights: readonly Entry[] = [
  {
    id: "E01",
    title: "One way in of many had no check, and led to a shell.",
    against: "gateway",
    outcome:
      "A way in without a policy does not compile; without a cookie none but the page, its assets and its health answers.",
    attempts: [
      http(
        asks(403, [
          "POST /_strongroom/ticket",
          "PUT /_strongroom/upload/(slot)",
          "DELETE /_strongroom/uploaded/(token)/x",
          "GET /_strongroom/bytes/(token)",
        ]),
        under([403, 404], "GET /_strongroom/socket?ticket=(token)", [upgrade]),
        under([400, 403, 404], "GET /terminal/ws", [upgrade]),
        under([400, 403, 404], "GET /", [upgrade]),
        asks(
          404,
          gets`/_strongroom/admin /_strongroom/debug /_strongroom/metrics /_strongroom/shell /debug/pprof /metrics /actuator/env /server-status /console`,
        ),
      ),
    ],
    provenBy: [`${policies} › each operation answers each asker as it is written here`],
  },
  {
    id: "E02",
    title: "A route of the tests, which ran what it was sent, was shipped.",
    against: "build",
    outcome: "Nothing that we ship makes code from text, and the package holds what the build made.",
    attempts: [
      {
        kind: "source",
        files: /^packages\/strongroom\/src\/.*(?<!\.test)\.tsx?$/,
        lacks: /(?<![\w.])eval\(|new Function\(|runInThisContext|runInNewContext/,
      },
      {
        kind: "source",
        files:
          /^packages\/strongroom\/src\/(worker|elements|wire|browser|secrets|config)\/.*(?<!\.test)\.tsx?$/,
        lacks: /node:child_process|node:worker_threads|node:inspector/,
      },
      http(asks(404, gets`/__ui__ /exec-py /_strongroom/exec /_strongroom/test /_strongroom/eval`)),
    ],
  },
  {
    id: "E03",
    title: "A route that was to check code ran it, for anybody.",
    against: "gateway",
    outcome: "No route takes code: pages come from the app's folder.",
    attempts: [
      http(
        asks(
          [404, 405, 413],
          [
            "POST /_strongroom/validate/code",
            "POST /api/v1/validate/code",
            "POST /_strongroom/run",
            "POST /",
          ],
          { as: "page", body: '{"code":"process.exit()"}' },
        ),
      ),
    ],
  },
  {
    id: "E04",
    title: "A public route started a program with the caller's arguments.",
    against: "worker",
    outcome: "Workers cannot start programs at all.",
    attempts: [
      {
        kind: "frames",
        frames: words`mcp spawn exec start command call invoke`.map((t) => ({
          text: `{"t":"${t}","command":"sh","args":["-c","id"]}`,
          closes: [1008],
        })),
      },
    ],
    provenBy: [`${barriers} › what an app's code may not do is refused: sandbox %s`],
  },
  {
    id: "E05",
    title: "A header meant for the inside switched the check of the outside off.",
    against: "gateway",
    outcome:
      "No header of a request tells the gateway anything about itself: the rights are asked where the thing is.",
    attempts: [
      http(
        under(403, "POST /_strongroom/ticket", [
          "x-middleware-subrequest: middleware:middleware:middleware:middleware:middleware",
          "x-middleware-rewrite: /",
          "x-middleware-next: 1",
          "x-internal: 1",
          "x-strongroom-internal: true",
          "x-strongroom-viewer: (token)",
          "x-strongroom-bypass: 1",
          "x-invoke-path: /_strongroom/ticket",
          "x-http-method-override: GET",
          "x-original-method: GET",
          "rsc: 1",
          "next-action: x",
          "x-vercel-protection-bypass: x",
          "authorization: Bearer (token)",
          "proxy-authorization: Basic YTpi",
          "x-real-ip: 127.0.0.1",
          "x-forwarded-for: 127.0.0.1",
        ]),
        under(405, "POST /", ["x-http-method-override: GET", "x-method-override: GET"]),
        under(
          405,
          "GET /_strongroom/ticket?_method=POST",
          ["x-http-method-override: POST", "x-http-method: POST"],
          { as: "page" },
        ),
      ),
    ],
  },
  {
    id: "E06",
    title: "A guard for a path did not run in a part of the tree below it.",
    against: "gateway",
    outcome: "There are no guards for paths: each operation has a policy, or does not compile.",
    provenBy: [
      `${policies} › every operation has a line here, and every line is one`,
      `${access} › nothing but the doors is open to who may not open the app`,
    ],
  },
  {
    id: "E07",
    title: "An error in the place of a user counted as one who has signed in.",
    against: "gateway",
    outcome:
      "Who asks is a sign-in that was found, or nobody; an address that is not verified as true counts for nothing.",
    attempts: [
      http(
        under(
          200,
          "GET /",
          [
            "Cookie: (cookie-name)=in.(token)",
            "Cookie: (cookie-name)=in.",
            "Cookie: (cookie-name)=in.(session)",
            "Cookie: (cookie-name)=true",
            "Cookie: (cookie-name)={}",
          ],
          { lacks: ["Signed in: true"] },
        ),
      ),
      http(
        under(
          403,
          "POST /_strongroom/ticket",
          ["Cookie: (cookie-name)=in.(token)", "Cookie: (cookie-name)=[object Object]"],
          { as: "page" },
        ),
      ),
    ],
    provenBy: [
      "packages/strongroom/src/gateway/access/may.test.ts › an address that is verified as %j counts for nothing",
      "packages/strongroom/src/gateway/auth/logins.test.ts › sign-ins outlive a restart; those that ended do not come back",
    ],
  },
  {
    id: "E08",
    title: "The start said that sign-in was on; the server had never read the option.",
    against: "gateway",
    outcome: "The server attacks its own port at each start, and stops when it is let in.",
    provenBy: [
      "packages/strongroom/src/gateway/self-attack/self-attack.test.ts › an app for those who have signed in refuses every attempt, too",
      "tests/identity/self-attack.test.ts › an app with sign-in attacks itself at its acts of signing in and out as well, and lets nothing in",
      "tests/hostile/attack.test.ts › a server that takes everything is found out, at each of its doors",
    ],
  },
  {
    id: "E09",
    title: "Who could manage users made themselves an administrator.",
    against: "elsewhere",
    outcome:
      "There are no administrators here: rights come from the provider's claims and the configuration.",
    cannot: hosts,
  },
  {
    id: "E10",
    title: "A right to read was enough to write.",
    against: "elsewhere",
    outcome: "The rights of each operation stand in one table.",
    cannot: hosts,
  },
  {
    id: "E11",
    title: "An object's id of somebody else was taken.",
    against: "gateway",
    outcome: "404, as for one that never was: tokens, handles and files belong to one viewer.",
    attempts: [
      http(
        asks(
          404,
          [
            "GET /_strongroom/bytes/(session)",
            "GET /_strongroom/bytes/(slot)",
            "GET /_strongroom/bytes/(token)",
          ],
          { as: "viewer" },
        ),
      ),
      // Of somebody else who has signed in, by somebody who has.
      http(
        asks(404, ["GET /_strongroom/bytes/(their handle)"], { as: "signed-in" }),
        under(404, "GET /_strongroom/bytes/(their handle)", ["Range: bytes=0-1", "If-None-Match: *"], {
          as: "signed-in",
        }),
        asks([404, 405], ["HEAD /_strongroom/bytes/(their handle)"], { as: "signed-in" }),
        under(
          404,
          "PUT /_strongroom/upload/(their slot)",
          [["X-Strongroom-Ticket: (ticket)", "X-Strongroom-Name: a.csv"]],
          { as: "signed-in", body: "a,b" },
        ),
        under(
          403,
          "PUT /_strongroom/upload/(their slot)",
          [["X-Strongroom-Ticket: (their ticket)", "X-Strongroom-Name: a.csv"]],
          { as: "signed-in", body: "a,b" },
        ),
        asks(404, ["POST /_strongroom/logins/end?ticket=(ticket)&id=(their login)"], { as: "signed-in" }),
        asks(
          403,
          [
            "POST /_strongroom/logins/end?ticket=(their ticket)&id=(their login)",
            "POST /_strongroom/logins/end-others?ticket=(their ticket)",
            "POST /_strongroom/logout?ticket=(their ticket)",
            "POST /_strongroom/login?ticket=(their ticket)",
          ],
          { as: "signed-in" },
        ),
        under(403, "GET /_strongroom/socket?ticket=(their ticket)", [upgrade], { as: "signed-in" }),
        asks(200, gets`/_strongroom/logins`, { as: "signed-in", lacks: ["(their login)"] }),
      ),
    ],
    provenBy: [
      "tests/e2e/restore.test.ts › another browser gets nothing with a session's token",
      "packages/strongroom/src/gateway/handles.test.ts › are found by their own viewer only",
    ],
  },
  {
    id: "E12",
    title: "Two who signed up as the first at the same time both became administrators.",
    against: "elsewhere",
    outcome: "Nobody signs up here.",
    cannot: hosts,
  },
  {
    id: "E14",
    title: "A list of allowed extensions was kept in the browser only.",
    against: "build",
    outcome: "Viewers install nothing; authors' packages come from their lock file.",
    cannot: "there are no extensions that somebody could install at run time.",
  },
  {
    id: "E16",
    title: "Options, limits and disabled widgets were the browser's business.",
    against: "worker",
    outcome: "An answer that the declaration does not admit is refused before any line of the author's runs.",
    attempts: [
      {
        kind: "frames",
        frames: [
          ...answers("slider:Slider", "11", "-1", '"5"', "null", "[5,6]", "5.5", "1e308"),
          ...answers("selectbox:Selectbox", '"c"', "0", '["a"]', '"__proto__"', '"toString"', "null"),
          ...answers("multiselect:Multiselect", '"a"', '["c"]', '["a","a"]', '{"0":"a"}', "[null]"),
          ...answers("numberInput:Number", "11", '"1"', "[1]", "true"),
          ...answers("textInput:Text", `"${"x".repeat(21)}"`, "1", '"a\\nb"', '["a"]', '{"length":1}'),
          ...answers(
            "dateInput:Date",
            '"2023-12-31"',
            '"2025-01-01"',
            '"2024-02-30"',
            '"2024-13-01"',
            '"yesterday"',
            "0",
            '"2024-01-01T00:00:00Z"',
          ),
          ...answers("checkbox:Checkbox", "1", '"true"', "null", "[]", "{}"),
          ...answers("textInput#name", '""', '"  "', '"\\t"'),
          event('"values":{"textInput:Closed":"a"}', "disabled"),
          event('"trigger":{"id":"button:Closed button"}', "disabled"),
          event('"trigger":{"id":"button:Never there"}', "unknown-widget"),
          event('"values":{"textInput:Never there":"a"}', "unknown-widget"),
          event('"trigger":{"id":"slider:Slider"}', "not-a-trigger"),
          {
            text: '{"t":"event","n":(n),"tree":999999,"values":{"checkbox:Checkbox":true}}',
            refused: "future-tree",
          },
        ],
      },
    ],
    provenBy: [
      "tests/hostile/forged-events.test.ts › refuses ${events} forged events before any of the author's code (seed ${seed})",
      "packages/strongroom/src/elements/conformance.test.ts › refuses every answer that does not, before any code of the author runs",
    ],
  },
  {
    id: "E17",
    title: "A hidden page opened by its address.",
    against: "gateway",
    outcome:
      "A page that is not for its viewer answers as one that does not exist, before its code is loaded, whichever way it is asked for.",
    attempts: [
      {
        kind: "frames",
        frames: words`admin hidden __proto__ constructor app`.map((page) =>
          event(`"page":"${page}"`, "unknown-page"),
        ),
      },
      {
        kind: "frames",
        frames: ["../admin", "a/b", "a\\u0000", "a%2fb", "x".repeat(5_000)].map((page) => ({
          text: `{"t":"event","n":(n),"tree":(tree),"page":"${page}"}`,
          closes: [1008],
        })),
      },
      http(
        asks(
          404,
          gets`/admin /Admin /admin/ /pages/admin /pages/admin.ts /admin.ts /constructor /__proto__ /toString`,
        ),
      ),
      // There is such a page, for others than who has signed in.
      http(
        asks(404, gets`/admin /admin?x=1 /Admin /pages/admin /pages/admin.ts /admin.ts`, {
          as: "signed-in",
          lacks: administrators,
        }),
        asks([400, 404], gets`/admin/ //admin /./admin /%61dmin /admin%00 /x/../admin`, {
          as: "signed-in",
          lacks: administrators,
        }),
        asks(200, gets`/ /?page=admin`, { as: "signed-in", lacks: [...administrators, '"admin"'] }),
      ),
      {
        kind: "frames",
        as: "signed-in",
        frames: words`admin Admin __proto__`.map((page) => event(`"page":"${page}"`, "unknown-page")),
      },
      // Who was an administrator a moment ago, with all that the page had.
      http(
        asks(404, gets`/admin /_strongroom/bytes/(handle)`, { as: "demoted", lacks: administrators }),
        under(
          404,
          "PUT /_strongroom/upload/(slot)",
          [["X-Strongroom-Ticket: (ticket)", "X-Strongroom-Name: a.csv"]],
          { as: "demoted", body: "a,b" },
        ),
        under(404, "GET /admin", ["Cookie: (cookie); (left)", "Cookie: (left); (cookie)"], {
          as: "demoted",
          lacks: [...administrators, "(session)"],
        }),
        asks(200, gets`/`, { as: "demoted", lacks: [...administrators, "(session)"] }),
      ),
    ],
    provenBy: [
      `${access} › a page for others answers as one that does not exist, to who has signed in and to who has not`,
      `${access} › an event that names a page for others is refused like one that names no page, before any worker hears it`,
      `${access} › a worker that goes to a page for others is not followed`,
    ],
  },
  {
    id: "E18",
    title: "The key that signed sessions was the one of the documentation.",
    against: "gateway",
    outcome: "Keys are made where there are none; one that is short, long or a link stops the start.",
    provenBy: [
      "packages/strongroom/src/gateway/store/store.test.ts › is refused when it is short, long, or a link",
      "packages/strongroom/src/gateway/store/store.test.ts › is made for its owner only, and is the same the next time",
    ],
  },
  {
    id: "E19",
    title: "A header with a name in it was who the visitor is.",
    against: "gateway",
    outcome: "No header but the cookie says who somebody is.",
    attempts: [
      http(
        under(
          200,
          "GET /",
          words`X-Streamlit-User X-Forwarded-User X-Forwarded-Email X-Forwarded-Preferred-Username X-Forwarded-Groups X-Forwarded-Access-Token X-Auth-Request-User X-Auth-Request-Email X-Auth-Request-Groups X-Remote-User Remote-User X-User X-User-Id X-Email X-Authenticated-User X-Goog-Authenticated-User-Email X-Goog-IAP-JWT-Assertion X-MS-CLIENT-PRINCIPAL X-MS-CLIENT-PRINCIPAL-NAME X-Amzn-Oidc-Data X-Amzn-Oidc-Identity Cf-Access-Authenticated-User-Email Cf-Access-Jwt-Assertion X-Webauth-User X-Token-Subject Tailscale-User-Login X-ARR-ClientCert X-SSL-Client-S-DN X-Client-Verify Authorization`.map(
            (name) => `${name}: eyJlbWFpbCI6ImFkbWluQGNvbXBhbnkuY29tIn0`,
          ),
          { lacks: ["Signed in: true", "eyJlbWFpbCI6"] },
        ),
      ),
    ],
    provenBy: [
      "packages/strongroom/src/gateway/http/document.test.ts › no header of the request says who it comes from",
    ],
  },
];
