import { expect, test } from "vitest";
import { memoryStore } from "../../packages/strongroom/src/gateway/store/memory-store.ts";
import { AppWithSignIn } from "./app-with-sign-in.ts";
import type { Answered, Visitor } from "./browser-without-screen.ts";
import { leadsTo } from "./played-sign-in.ts";

const portal = "https://portal.example.com";
const started = (now?: () => number) =>
  AppWithSignIn.start({ gateway: { embedders: [portal], ...(now && { now, store: memoryStore(now) }) } });
const hostOf = (app: AppWithSignIn): string => new URL(app.origin).host;
const cookieOf = (app: AppWithSignIn, visitor: Visitor): string => visitor.cookies(hostOf(app));

interface Opened {
  readonly token: string;
  /** Where its button leads. */
  readonly action: string;
}

/** A window and a frame of one browser have cookies of their own: here each is a visitor. */
async function open(app: AppWithSignIn, window: Visitor): Promise<Opened> {
  const { body } = await window.go(`${app.home}/_strongroom/window`);
  const action = /action="([^"]*)"/.exec(body)?.[1] ?? "";
  return {
    token: /data-handover="([^"]*)"/.exec(body)?.[1] ?? "",
    action: action.replaceAll("&amp;", "&"),
  };
}

function post(app: AppWithSignIn, visitor: Visitor, path: string): Promise<Answered> {
  const headers = { origin: app.origin, "sec-fetch-site": "same-origin" };
  return visitor.go(`${app.origin}${path}`, { method: "POST", headers });
}

const act = async (app: AppWithSignIn, frame: Visitor, what: string, token: string): Promise<number> =>
  (await post(app, frame, `/_strongroom/window/${what}?of=${token}`)).status;

async function press(app: AppWithSignIn, window: Visitor, { action }: Opened): Promise<Answered> {
  const headers = { origin: app.origin, "sec-fetch-site": "same-origin", "sec-fetch-mode": "navigate" };
  return window.go(`${app.origin}${action}`, { method: "POST", headers });
}

/** All that the window does, once it is claimed. */
async function pass(app: AppWithSignIn, window: Visitor, opened: Opened, name = "alice"): Promise<Answered> {
  const asked = leadsTo(await press(app, window, opened));
  return window.go(await window.passProvider(asked, name, app.isCallback));
}

async function frameOf(app: AppWithSignIn): Promise<Visitor> {
  const frame = app.visitor();
  await frame.go(`${app.home}/`);
  return frame;
}

async function isIn(app: AppWithSignIn, cookie: string): Promise<boolean> {
  const { body } = await app.under.fetch("/_strongroom/logins", { headers: { cookie } });
  return body.includes('"isThis":true');
}

/** Nothing of a sign-in came of it. */
function expectNothing({ status, body }: Answered): void {
  expect(status).toBe(400);
  expect(body).toContain("This sign-in has expired");
}

test("who signs in in a window is the frame's from then on, under a new name, once, and not the window's", async () => {
  await using app = await started();
  const [frame, window] = [await frameOf(app), app.visitor()];
  const before = cookieOf(app, frame);
  const tab = await app.under.open("/", { cookie: before });
  const opened = await open(app, window);
  const windowBefore = cookieOf(app, window);
  expect(await act(app, frame, "claim", opened.token)).toBe(200);
  expect((await post(app, frame, `/_strongroom/window/ask?of=${opened.token}`)).body).toContain("false");
  const end = await pass(app, window, opened);
  expect([end.status, end.headers.location]).toEqual([200, undefined]);
  expect(end.headers["set-cookie"]?.join()).not.toContain("in.");
  expect((await post(app, frame, `/_strongroom/window/ask?of=${opened.token}`)).body).toContain("true");
  expect(await act(app, frame, "collect", opened.token)).toBe(200);
  const after = cookieOf(app, frame);
  expect(after).not.toBe(before);
  expect(await isIn(app, after)).toBe(true);
  // Who the frame was is over, in its open pages too; who the window was has nothing of it.
  await tab.hear("gone");
  expect(cookieOf(app, window)).toBe(windowBefore);
  expect(await isIn(app, windowBefore)).toBe(false);
  expect(await act(app, frame, "collect", opened.token)).toBe(403);
  expect(await act(app, frame, "claim", opened.token)).toBe(403);
});

test("a window that was opened by a letter, and claimed by nobody, begins nothing", async () => {
  await using app = await started();
  const victim = app.visitor();
  expectNothing(await press(app, victim, await open(app, victim)));
});

test("an attacker's window, claimed by the attacker's frame, is not begun by a victim", async () => {
  await using app = await started();
  const [frame, window, victim] = [await frameOf(app), app.visitor(), app.visitor()];
  const theirs = await open(app, window);
  expect(await act(app, frame, "claim", theirs.token)).toBe(200);
  const own = await open(app, victim);
  const action = own.action.replace(own.token, theirs.token);
  expectNothing(await press(app, victim, { token: theirs.token, action }));
  // Whoever tried, it is used up.
  expectNothing(await press(app, window, theirs));
});

test("a window is claimed once: a second claim ends it for both", async () => {
  await using app = await started();
  const [frame, thief, window] = [await frameOf(app), await frameOf(app), app.visitor()];
  const opened = await open(app, window);
  expect(await act(app, frame, "claim", opened.token)).toBe(200);
  expect(await act(app, thief, "claim", opened.token)).toBe(403);
  expectNothing(await press(app, window, opened));
});

test("a window that has begun cannot be claimed, or begun, again", async () => {
  await using app = await started();
  const [frame, thief, window] = [await frameOf(app), await frameOf(app), app.visitor()];
  const opened = await open(app, window);
  await act(app, frame, "claim", opened.token);
  expect((await press(app, window, opened)).status).toBe(200);
  expect(await act(app, thief, "claim", opened.token)).toBe(403);
  expect((await press(app, window, opened)).status).toBe(400);
});

test("what came of a window is given to its own frame only; asked for by another, it is gone", async () => {
  await using app = await started();
  const [frame, thief, window] = [await frameOf(app), await frameOf(app), app.visitor()];
  const opened = await open(app, window);
  await act(app, frame, "claim", opened.token);
  await pass(app, window, opened);
  expect((await post(app, thief, `/_strongroom/window/ask?of=${opened.token}`)).body).toContain("false");
  const stolen = await post(app, thief, `/_strongroom/window/collect?of=${opened.token}`);
  expect([stolen.status, stolen.headers["set-cookie"]]).toEqual([403, undefined]);
  expect(await act(app, frame, "collect", opened.token)).toBe(403);
});

test("a provider's answer that is brought back in another browser, or twice, is nobody's", async () => {
  await using app = await started();
  const [frame, window, other] = [await frameOf(app), app.visitor(), app.visitor()];
  const opened = await open(app, window);
  await act(app, frame, "claim", opened.token);
  const asked = leadsTo(await press(app, window, opened));
  const callback = await window.passProvider(asked, "alice", app.isCallback);
  expect((await other.go(callback)).status).toBe(400);
  expect((await window.go(callback)).status).toBe(200);
  expect((await window.go(callback)).status).toBe(400);
});

test("it all has its time: ten minutes for the window, one for what came of it", async () => {
  let now = Date.now();
  await using app = await started(() => now);
  const [frame, window] = [await frameOf(app), app.visitor()];
  const late = await open(app, window);
  await act(app, frame, "claim", late.token);
  now += 601_000;
  expectNothing(await press(app, window, late));
  const opened = await open(app, window);
  await act(app, frame, "claim", opened.token);
  await pass(app, window, opened);
  now += 61_000;
  expect(await act(app, frame, "collect", opened.token)).toBe(403);
});

test("a sign-in that ends before its frame has fetched it is worth nothing to the frame", async () => {
  await using app = await started();
  const [frame, window, elsewhere] = [await frameOf(app), app.visitor(), app.visitor()];
  await app.signIn(elsewhere);
  const opened = await open(app, window);
  await act(app, frame, "claim", opened.token);
  await pass(app, window, opened);
  await app.act(elsewhere, "/_strongroom/logins/end-others");
  expect(await act(app, frame, "collect", opened.token)).toBe(200);
  expect(await isIn(app, cookieOf(app, frame))).toBe(false);
});

test("only a page of the app opens such a window, which stands in no frame and hears its opener", async () => {
  await using app = await started();
  const asked = (site: string, dest = "document") =>
    app.under.fetch("/_strongroom/window", {
      headers: { "sec-fetch-site": site, "sec-fetch-mode": "navigate", "sec-fetch-dest": dest },
    });
  for (const site of ["cross-site", "same-site"]) expect((await asked(site)).status).toBe(403);
  const { status, headers } = await asked("same-origin");
  expect(status).toBe(200);
  expect(headers["cross-origin-opener-policy"]).toBe("unsafe-none");
  expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
  expect(headers["x-frame-options"]).toBe("DENY");
  expect((await app.under.fetch("/")).headers["cross-origin-opener-policy"]).toBe("same-origin");
  await using closed = await AppWithSignIn.start();
  expect((await closed.under.fetch("/_strongroom/window")).status).toBe(404);
});

test("no page of another site claims, asks or collects, by no method and with no origin", async () => {
  await using app = await started();
  const [frame, window] = [await frameOf(app), app.visitor()];
  const { token } = await open(app, window);
  const foreign: readonly Record<string, string>[] = [
    { origin: portal, "sec-fetch-site": "cross-site" },
    { origin: app.origin, "sec-fetch-site": "cross-site" },
    { origin: "null" },
    {},
  ];
  for (const what of ["claim", "ask", "collect"]) {
    const to = `${app.home}/_strongroom/window/${what}?of=${token}`;
    for (const headers of foreign) expect((await frame.go(to, { method: "POST", headers })).status).toBe(403);
    expect((await frame.go(to, { headers: { origin: app.origin } })).status).toBe(405);
    // Who has no cookie is nobody that could be signed in.
    expect((await post(app, app.visitor(), `/_strongroom/window/${what}?of=${token}`)).status).toBe(403);
  }
  for (const bad of ["", "x", token.slice(1), "a".repeat(43)])
    expect(await act(app, frame, "claim", bad)).toBe(403);
  expect(await act(app, frame, "claim", token)).toBe(200);
});

test("in a frame nothing leads to a provider: neither the page that asks to sign in nor the way out", async () => {
  await using app = await started();
  const frame = await frameOf(app);
  const into = { "sec-fetch-site": "same-origin", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe" };
  const missing = await frame.go(`${app.home}/nothing`, { headers: into });
  expect(missing.body).toContain('href="/_strongroom/window" target="_blank"');
  expect(missing.body).not.toContain("/_strongroom/login?");
  await app.signIn(frame);
  const page = await frame.go(`${app.home}/_strongroom/sign-ins`);
  const action = /action="([^"]*logout[^"]*)"/.exec(page.body)?.[1]?.replaceAll("&amp;", "&") ?? "";
  const headers = { ...into, origin: app.origin };
  const out = await frame.go(`${app.origin}${action}`, { method: "POST", headers });
  expect(out.body).toContain('url=/"');
  expect(out.body).not.toContain(app.provider.issuer);
});
