import { afterAll, beforeAll, expect, test } from "vitest";
import { openToAll } from "../../packages/strongroom/src/gateway/access/access.ts";
import type { TestTab } from "../gateway/gateway-under-test.ts";
import { Stalls } from "../running/stalls.ts";
import { AppWithSignIn } from "./app-with-sign-in.ts";
import type { Visitor } from "./browser-without-screen.ts";
import { logoutToken, tell } from "./logout-token.ts";

const rounds = 100;
const tabsEach = 2;
const promiseMs = 1_000;
/** Bob is let in by whatever is done to the others. */
const access = { ...openToAll, allow: ["group:staff", "bob@example.com"] };

let app: AppWithSignIn;
let bob: TestTab;
/** Gateway, provider and tabs are in this process: a machine that lets it wait breaks no promise. */
let stalls: Stalls;
const clock = { ahead: 0 };
beforeAll(async () => {
  stalls = new Stalls();
  app = await AppWithSignIn.start({ gateway: { access, now: () => Date.now() + clock.ahead } });
  const visitor = app.visitor();
  await app.signIn(visitor, "bob");
  bob = await app.under.open("/", { cookie: visitor.cookies(new URL(app.origin).host) });
});
afterAll(async () => {
  stalls[Symbol.dispose]();
  await app[Symbol.asyncDispose]();
});

/** Somebody in two browsers, with pages open in both. */
interface Somebody {
  readonly name: string;
  readonly browsers: readonly [Visitor, Visitor];
  readonly cookies: readonly string[];
  readonly tabs: readonly TestTab[];
}

async function somebody(name: string): Promise<Somebody> {
  app.provider.people.set(name, { groups: ["staff"] });
  const browsers = [app.visitor(), app.visitor()] as const;
  const { host } = new URL(app.origin);
  const cookies = [];
  const tabs = [];
  for (const browser of browsers) {
    await app.signIn(browser, name);
    cookies.push(browser.cookies(host));
    for (let n = 0; n < tabsEach; n++)
      tabs.push(await app.under.open(n === 0 ? "/" : "/orders", { cookie: browser.cookies(host) }));
  }
  return { name, browsers, cookies, tabs };
}

/** When each of the tabs hears that it is over, and that it is closed. */
async function ends(tabs: readonly TestTab[], why: string): Promise<number> {
  await Promise.all(
    tabs.map(async (tab) => {
      expect(await tab.hear("gone")).toEqual({ t: "gone", why });
      await tab.until(() => tab.closeCode !== undefined);
    }),
  );
  return Math.max(...tabs.map((tab) => tab.closedAt ?? Infinity));
}

/** Nothing that a browser of theirs has is worth anything. */
async function isOut({ cookies, tabs }: Somebody, status: 401 | 403): Promise<void> {
  for (const cookie of cookies) {
    expect((await app.under.fetch("/", { headers: { cookie } })).status).toBe(status);
    const headers = { cookie, origin: app.origin, "sec-fetch-site": "same-origin" };
    expect((await app.under.fetch("/_strongroom/ticket", { method: "POST", headers })).status).toBe(403);
  }
  expect(tabs.every(({ heard }) => heard.at(-1)?.t === "gone")).toBe(true);
}

/** How an end is brought about; answers the moment at which the gateway knows of it. */
interface Way {
  readonly name: string;
  readonly why: "signed-out" | "not-allowed";
  readonly status: 401 | 403;
  readonly end: (who: Somebody) => Promise<number>;
}

/** The provider is asked again at the next page that one of the browsers loads: what it answers is what the gateway learns. */
async function askAgain({ browsers }: Somebody): Promise<number> {
  const before = app.provider.grants.length;
  clock.ahead += 300_000;
  await Promise.all(browsers.map((browser) => browser.go(`${app.origin}/`)));
  return Math.max(...app.provider.grants.slice(before).map(({ at }) => at));
}

const ways: readonly Way[] = [
  {
    name: "a logout",
    why: "signed-out",
    status: 401,
    // In one browser by its own act, in the other by the list of sign-ins.
    end: async ({ browsers: [one] }) => {
      const began = performance.now();
      await app.act(one, "/_strongroom/logins/end-others");
      await app.act(one, "/_strongroom/logout");
      return began;
    },
  },
  {
    name: "a logout by the provider",
    why: "signed-out",
    status: 401,
    end: async ({ name }) => {
      const began = performance.now();
      expect(await tell(app, logoutToken(app, { sub: name }))).toBe(200);
      return began;
    },
  },
  {
    name: "a role that is removed",
    why: "not-allowed",
    status: 403,
    end: (who) => {
      app.provider.people.set(who.name, { groups: ["guests"] });
      return askAgain(who);
    },
  },
  {
    name: "an account that is disabled",
    why: "signed-out",
    status: 401,
    end: (who) => {
      app.provider.disabled.add(who.name);
      return askAgain(who);
    },
  },
  {
    name: "a rule that is changed",
    why: "not-allowed",
    status: 403,
    end: () => {
      const began = performance.now();
      app.under.gateway.changeAccess({ ...access, allow: ["bob@example.com"] });
      return Promise.resolve(began);
    },
  },
];

test("what somebody waits for is counted, what the machine kept this process from is not", async () => {
  const began = performance.now();
  await new Promise((resolve) => setTimeout(resolve, 100));
  const waited = performance.now();
  while (performance.now() < waited + 300); // as if the machine had given its time to others
  const ended = performance.now();
  expect(await stalls.ranMs(began, ended)).toBeLessThan(ended - began - 250);
  const quiet = performance.now();
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(await stalls.ranMs(quiet, performance.now())).toBeGreaterThan(0);
});

const took: number[] = [];
const mostMs: Record<string, number> = {};

for (const way of ways) {
  test(
    `${way.name} ends every open tab of that viewer within a second, ${rounds / ways.length} of ${rounds / ways.length} times`,
    { timeout: 120_000 },
    async () => {
      for (let round = 0; round < rounds / ways.length; round++) {
        const who = await somebody(`${way.name.replaceAll(" ", "-")}-${round}`);
        // A run goes on in one, and an event is on its way in another.
        who.tabs[0]?.send({ values: { x: 1 } });
        const learned = await way.end(who);
        const ended = await ends(who.tabs, way.why);
        await isOut(who, way.status);
        const ms = await stalls.ranMs(learned, ended);
        took.push(ms);
        mostMs[way.name] = Math.ceil(Math.max(mostMs[way.name] ?? 0, ms));
        app.under.gateway.changeAccess(access);
      }
      expect(took).toHaveLength((ways.indexOf(way) + 1) * (rounds / ways.length));
      expect(Math.max(...took)).toBeLessThan(promiseMs);
    },
  );
}

test("nobody else is disturbed by any of it, and nothing is left of who is out", async () => {
  const n = bob.send({ trigger: { id: "x" } });
  expect(await bob.hear("patch", ({ done }) => done === n)).toBeDefined();
  expect(bob.heard.filter(({ t }) => t === "resumed" || t === "gone")).toHaveLength(1);
  expect(app.under.gateway.counts()).toMatchObject({ sessions: 1, sockets: 1 });
  console.log(`${took.length} of ${rounds}; ms at most until the last tab was closed:`, mostMs);
  expect(took).toHaveLength(rounds);
});
