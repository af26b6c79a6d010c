import { expect, test } from "vitest";
import type { BrowserContext, Page } from "playwright-core";
import type { AuditEvent } from "../../packages/strongroom/src/gateway/audit/audit.ts";
import { launchChromium } from "../chromium.ts";
import { AppWithSignIn } from "./app-with-sign-in.ts";

const phone =
  "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Mobile Safari/537.36";
const laptop = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";
const work =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Safari/537.36 Edg/141.0";

const act = (query = ""): string => `/_strongroom/logins/end${query}`;

async function hostile(page: Page, url: string): Promise<number> {
  const answered = await page.request.post(url, { headers: { origin: "https://evil.example" } });
  return answered.status();
}

/** Gives a browser the cookie of somebody who has signed in with it. */
async function signedIn(app: AppWithSignIn, context: BrowserContext, userAgent: string): Promise<Page> {
  const visitor = app.visitor();
  visitor.userAgent = userAgent;
  await app.signIn(visitor, "alice");
  const name = "strongroom-viewer";
  const value = visitor.jar.get(new URL(app.origin).host)?.get(name) ?? "";
  await context.addCookies([{ name, value, url: app.origin, sameSite: "Lax", httpOnly: true }]);
  return context.newPage();
}

test(
  "somebody sees where they are signed in, and signs out there, without a script",
  { timeout: 120_000 },
  async () => {
    const noted: AuditEvent[] = [];
    await using app = await AppWithSignIn.start({
      gateway: { audit: { note: (event) => void noted.push(event) } },
    });
    await using browser = await launchChromium();
    const contextOf = () => browser.newContext({ javaScriptEnabled: false });
    const pages = [
      await signedIn(app, await contextOf(), laptop),
      await signedIn(app, await contextOf(), phone),
      await signedIn(app, await contextOf(), work),
    ] as const;
    const bob = app.visitor();
    await app.signIn(bob, "bob");
    const [here, there] = pages;
    const list = `${app.origin}/_strongroom/sign-ins`;
    await here.goto(list);
    const lines = (): Promise<string[]> => here.getByRole("listitem").allInnerTexts();
    expect(await lines()).toHaveLength(3);
    expect((await lines())[0]).toMatch(/Firefox on Linux\s+This browser/);
    expect((await lines()).join()).toContain("Chrome on Android");
    expect((await lines()).join()).toContain("Edge on Windows");
    expect(await here.locator("body").innerText()).not.toContain("bob");
    const action = await here.locator('form[action*="id="]').first().getAttribute("action");
    expect(await hostile(here, `${app.origin}${action ?? ""}`)).toBe(403);
    expect(await hostile(there, `${app.origin}${action ?? ""}`)).toBe(403);
    await here.getByRole("button", { name: "Sign out of Chrome on Android" }).click();
    expect(here.url()).toBe(list);
    expect(await lines()).toHaveLength(2);
    expect((await there.goto(list))?.status()).toBe(401);
    await here.getByRole("button", { name: "Sign out everywhere else" }).click();
    expect(await lines()).toHaveLength(1);
    expect(await here.getByRole("button", { name: "Sign out everywhere else" }).count()).toBe(0);
    expect(await here.locator("body").innerText()).toContain("this browser only");
    expect(noted.filter(({ kind }) => kind === "logout")).toMatchObject([
      { subject: "alice", detail: "by themselves, elsewhere: 1" },
      { subject: "alice", detail: "by themselves, elsewhere: 1" },
    ]);
    expect(app.under.lines.join("")).not.toContain("content security policy");
  },
);

test("what ends sign-ins asks for our own origin and a fresh ticket of the same viewer", async () => {
  await using app = await AppWithSignIn.start();
  const [alice, other, bob] = [app.visitor(), app.visitor(), app.visitor()];
  await app.signIn(alice, "alice");
  await app.signIn(other, "alice");
  await app.signIn(bob, "bob");
  const list = await alice.go(`${app.origin}/_strongroom/sign-ins`);
  const [, id = "", ticket = ""] = /id=([\w-]+)&amp;ticket=([\w-]{43})/.exec(list.body) ?? [];
  const ours = { origin: app.origin, "sec-fetch-site": "same-origin", "sec-fetch-mode": "navigate" };
  const post = (visitor: typeof alice, query: string, headers: Record<string, string> = ours) =>
    visitor.go(`${app.origin}${act(query)}`, { method: "POST", headers });
  const wanted = `?${new URLSearchParams({ id, ticket })}`;
  expect((await post(alice, wanted, { ...ours, origin: "null" })).status).toBe(403);
  expect((await post(alice, wanted, { ...ours, "sec-fetch-site": "cross-site" })).status).toBe(403);
  expect((await post(alice, `?id=${id}`)).status).toBe(400);
  expect((await post(bob, wanted)).status).toBe(400); // which uses the ticket up
  expect((await post(alice, wanted)).status).toBe(400);
  const { logins } = JSON.parse((await alice.go(`${app.origin}/_strongroom/logins`)).body) as {
    logins: unknown[];
  };
  expect(logins).toHaveLength(2);
});

test("below a path the list, its forms and where they lead stay below it", async () => {
  await using app = await AppWithSignIn.start({ gateway: { base: "/team/app" } });
  const [here, there] = [app.visitor(), app.visitor()];
  await app.signIn(here, "alice");
  await app.signIn(there, "alice");
  const list = `${app.home}/_strongroom/sign-ins`;
  expect((await here.go(`${app.origin}/_strongroom/sign-ins`)).status).toBe(404);
  const { body } = await here.go(list);
  const addresses = [...body.matchAll(/(?:action|<a[^>]* href)="([^"#]+)"/g)].map(([, to = ""]) => to);
  expect(addresses.length).toBeGreaterThan(1);
  for (const to of addresses) expect(new URL(to, list).href.startsWith(`${app.home}/`), to).toBe(true);
  const end = addresses.find((to) => to.includes("id=")) ?? "";
  const ours = { origin: app.origin, "sec-fetch-site": "same-origin", "sec-fetch-mode": "navigate" };
  const ended = await here.go(new URL(end.replaceAll("&amp;", "&"), list), { method: "POST", headers: ours });
  expect([ended.status, ended.headers.location]).toEqual([303, "/team/app/_strongroom/sign-ins"]);
  expect((await there.go(list)).status).toBe(401);
  expect((await here.go(list)).status).toBe(200);
});
