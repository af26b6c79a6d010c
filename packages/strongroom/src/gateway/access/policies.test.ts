import { expect, test } from "vitest";
import { GatewayUnderTest } from "../../../../../tests/gateway/gateway-under-test.ts";
import { Logins } from "../auth/logins.ts";
import { operations, upgrades } from "../operations.ts";
import type { Services } from "../services.ts";
import { memoryStore } from "../store/memory-store.ts";
import { openToAll } from "./access.ts";

const aDay = 86_400;
const handle = "a".repeat(43);

/** Who asks an app that is for staff. */
const askers = ["nobody", "a visitor", "somebody else", "staff", "who was staff"] as const;
type Statuses = readonly [number, number, number, number, number];

/** Operation, how it is asked, and what each of the askers hears. */
const golden: readonly (readonly [name: string, method: string, path: string, statuses: Statuses])[] = [
  ["health", "GET", "/healthz", [200, 200, 200, 200, 200]],
  ["asset", "GET", "/_strongroom/assets/main-ABCD1234.js", [200, 200, 200, 200, 200]],
  ["bytes", "GET", `/_strongroom/bytes/${handle}`, [403, 404, 404, 404, 403]],
  ["ticket", "POST", "/_strongroom/ticket", [403, 403, 403, 200, 403]],
  ["policy report", "POST", "/_strongroom/csp-report", [204, 204, 204, 204, 204]],
  // For staff, too: without a ticket of its own nothing is taken.
  ["upload", "PUT", `/_strongroom/upload/${handle}`, [403, 403, 403, 403, 403]],
  ["take a file back", "DELETE", `/_strongroom/uploaded/${handle}`, [403, 403, 403, 403, 403]],
  // Without a ticket nobody signs in or out; who comes back from a provider must have left from here.
  ["login", "POST", "/_strongroom/login", [403, 403, 403, 403, 403]],
  ["login callback", "GET", "/oauth2callback?code=x&state=y", [400, 400, 400, 400, 400]],
  ["logout", "POST", "/_strongroom/logout", [403, 403, 403, 403, 403]],
  ["logout by provider", "POST", "/_strongroom/backchannel-logout", [400, 400, 400, 400, 400]],
  // Where no page may frame the app, no window is for one; and none that nobody has opened is anybody's.
  ["sign-in window", "GET", "/_strongroom/window", [404, 404, 404, 404, 404]],
  ["claim sign-in window", "POST", `/_strongroom/window/claim?of=${handle}`, [403, 403, 403, 403, 403]],
  ["ask after sign-in window", "POST", `/_strongroom/window/ask?of=${handle}`, [403, 200, 200, 200, 403]],
  [
    "collect from sign-in window",
    "POST",
    `/_strongroom/window/collect?of=${handle}`,
    [403, 403, 403, 403, 403],
  ],
  ["own logins", "GET", "/_strongroom/logins", [403, 200, 200, 200, 403]],
  ["own sign-ins page", "GET", "/_strongroom/sign-ins", [401, 401, 200, 200, 401]],
  ["end own login", "POST", "/_strongroom/logins/end", [403, 403, 403, 403, 403]],
  ["end own other logins", "POST", "/_strongroom/logins/end-others", [403, 403, 403, 403, 403]],
  // For staff there is none of that name.
  ["static file", "GET", "/app/static/a.png", [403, 403, 403, 404, 403]],
  ["nothing", "GET", "/_strongroom/anything", [404, 404, 404, 404, 404]],
  ["first page", "GET", "/", [401, 401, 403, 200, 401]],
  ["page", "GET", "/orders", [401, 401, 403, 200, 401]],
  ["page", "GET", "/nothing", [401, 401, 403, 404, 401]],
  // For staff, too: without a ticket none is opened.
  ["socket", "GET", "/_strongroom/socket", [403, 403, 403, 403, 403]],
];

const whyNot: Readonly<Record<string, RegExp>> = {
  "staff upload": /ticket/,
  "staff take a file back": /ticket/,
  "staff login": /ticket/,
  "staff claim sign-in window": /opened/,
  "staff collect from sign-in window": /signed in/,
  "staff logout": /ticket/,
  "staff end own login": /ticket/,
  "staff end own other logins": /ticket/,
  "staff socket": /ticket/,
};

test("every operation has a line here, and every line is one", () => {
  // What they would use is not asked for before a request comes.
  const services = {} as unknown as Services;
  const names = [...operations(services), ...upgrades(services)].map(({ name }) => name);
  expect([...new Set(golden.map(([name]) => name))].toSorted()).toEqual(names.toSorted());
});

test("each operation answers each asker as it is written here", async () => {
  const store = memoryStore();
  const times = { idleSeconds: aDay, lifeSeconds: aDay };
  const logins = await Logins.open({
    ...times,
    records: store.records,
    log: { error: () => undefined },
    now: Date.now,
  });
  const login = async (
    subject: string,
    groups: readonly string[],
    signedInAt = Date.now(),
  ): Promise<string> => {
    const identity = {
      issuer: "https://id.test",
      subject,
      provider: "default",
      claims: { groups },
      signedInAt,
    };
    return (
      (
        await logins.begin(identity, { idToken: "x" }, { secure: false, base: "", framed: false })
      ).setCookie.split(";")[0] ?? ""
    );
  };
  const cookies: Record<string, string> = {
    "somebody else": await login("1", ["sales"]),
    staff: await login("2", ["staff"]),
    "who was staff": await login("3", ["staff"], Date.now() - 2 * aDay * 1_000),
  };
  const access = { ...openToAll, allow: ["group:staff"] };
  await using under = await GatewayUnderTest.start({ store, access, logins: times });
  cookies["a visitor"] = (await under.fetch("/")).cookie;
  for (const [name, method, path, statuses] of golden) {
    for (const [at, asker] of askers.entries()) {
      const { status, body } = await under.fetch(path, {
        method,
        headers: headersFor(under, path, cookies[asker]),
      });
      expect([name, asker, status]).toEqual([name, asker, statuses[at]]);
      const why = whyNot[`${asker} ${name}`];
      if (why !== undefined) expect(body).toMatch(why);
    }
  }
});

function headersFor(
  under: GatewayUnderTest,
  path: string,
  cookie: string | undefined,
): Record<string, string> {
  const isSocket = path.endsWith("/socket");
  return {
    ...(path.startsWith("/_strongroom") && {
      origin: `http://${under.host}`,
      "sec-fetch-site": "same-origin",
    }),
    ...(cookie !== undefined && { cookie }),
    ...(isSocket && { connection: "Upgrade", upgrade: "websocket" }),
  };
}
