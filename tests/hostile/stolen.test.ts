import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newToken } from "../../packages/strongroom/src/gateway/tokens.ts";
import { leavingCookie, type TestTab } from "../gateway/gateway-under-test.ts";
import { AppWithSignIn } from "../identity/app-with-sign-in.ts";

/** What a page of Alice's has, and somebody else got hold of. */
interface Loot {
  readonly session: string;
  readonly handle: string;
  readonly slot: string;
  readonly file: string;
  readonly login: string;
  readonly socketTicket: () => Promise<string>;
  readonly formTicket: () => Promise<string>;
}

let app: AppWithSignIn;
let alice: { readonly cookie: string; readonly tab: TestTab };
let loot: Loot;
/** Who comes with it: by their cookies. */
const thieves: Record<string, string> = {};

const host = (): string => new URL(app.origin).host;
const handle = newToken();
const slot = newToken();

async function signedIn(name: string): Promise<string> {
  const visitor = app.visitor();
  await app.signIn(visitor, name);
  return visitor.cookies(host());
}

function headersOf(cookie: string): Record<string, string> {
  return { ...(cookie === "" ? {} : { cookie }), origin: app.origin, "sec-fetch-site": "same-origin" };
}

async function formTicketOf(cookie: string): Promise<string> {
  const { body } = await app.under.fetch("/_strongroom/sign-ins", { headers: { cookie } });
  return /ticket=([\w-]{43})/.exec(body)?.[1] ?? "";
}

beforeAll(async () => {
  app = await AppWithSignIn.start();
  const cookie = await signedIn("alice");
  thieves["another viewer"] = await signedIn("mallory");
  thieves["the same person in another browser"] = await signedIn("alice");
  thieves["somebody who has not signed in"] = (await app.under.fetch("/")).cookie;
  thieves["nobody"] = "";
  const tab = await app.under.open("/orders", { cookie });
  const worker = app.under.pool.last;
  worker.listener.bytes({ handle, mime: "text/plain", bytes: Buffer.from("Alice's own") });
  worker.listener.slot({
    slot,
    widget: "w",
    accept: { extensions: [], types: [] },
    folders: false,
    maxFiles: 3,
    maxBytes: 1_000,
  });
  const sent = await app.under.fetch(`/_strongroom/upload/${slot}`, {
    method: "PUT",
    headers: {
      ...headersOf(cookie),
      "content-length": "2",
      "x-strongroom-ticket": await app.under.ticket(cookie),
      "x-strongroom-name": "a.txt",
    },
    body: "hi",
  });
  const { logins } = JSON.parse(
    (await app.under.fetch("/_strongroom/logins", { headers: { cookie } })).body,
  ) as { logins: readonly { id: string; isThis: boolean }[] };
  alice = { cookie, tab };
  loot = {
    session: tab.boot.session,
    handle,
    slot,
    file: (JSON.parse(sent.body) as { file: string }).file,
    login: logins.find(({ isThis }) => isThis)?.id ?? "",
    socketTicket: () => app.under.ticket(cookie),
    formTicket: () => formTicketOf(cookie),
  };
});

afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

/** What a thief's own page has, to bring stolen things with. */
async function ownTicket(cookie: string): Promise<string | undefined> {
  if (cookie === "") return undefined;
  return app.under.ticket(cookie);
}

describe.each([
  "another viewer",
  "the same person in another browser",
  "somebody who has not signed in",
  "nobody",
])("%s", (who) => {
  const cookie = (): string => thieves[who] ?? "";

  test("gets nothing by a resume token", async () => {
    const ticket = await ownTicket(cookie());
    if (ticket !== undefined) {
      const tab = app.under.tab({ boot: alice.tab.boot, cookie: cookie() });
      await tab.connect(ticket);
      expect(await tab.resume(alice.tab.tree, loot.session)).toEqual({ t: "gone", why: "expired" });
    }
    const placed = app.under.pool.placed.length;
    const headers = { cookie: [cookie(), leavingCookie(loot.session, "/orders")].filter(Boolean).join("; ") };
    const page = await app.under.fetch("/orders", { headers });
    expect(page.boot.session).not.toBe(loot.session);
    expect(app.under.pool.placed).toHaveLength(placed + 1); // a page of their own
  });

  test("opens no socket by a ticket, and neither does its owner by then", async () => {
    const ticket = await loot.socketTicket();
    const stolen = app.under.tab({ boot: alice.tab.boot, cookie: cookie() });
    await expect(stolen.connect(ticket)).rejects.toThrow("403");
    const own = app.under.tab({ boot: alice.tab.boot, cookie: alice.cookie });
    if (cookie() === "") await own.connect(ticket); // whom nobody knows is not heard at all
    else await expect(own.connect(ticket)).rejects.toThrow("403");
  });

  test("does nothing by a ticket of a form", async () => {
    for (const act of ["logout", "logins/end-others", `logins/end?id=${loot.login}`]) {
      const ticket = await loot.formTicket();
      const path = `/_strongroom/${act}${act.includes("?") ? "&" : "?"}ticket=${ticket}`;
      const answer = await app.under.fetch(path, { method: "POST", headers: headersOf(cookie()) });
      expect(answer.status, act).toBe(403);
    }
  });

  test("reads no bytes by a handle, and sends and takes back no file", async () => {
    const read = await app.under.fetch(`/_strongroom/bytes/${loot.handle}`, {
      headers: headersOf(cookie()),
    });
    expect([403, 404]).toContain(read.status);
    expect(read.body).not.toContain("Alice");
    const ticket = (await ownTicket(cookie())) ?? (await loot.socketTicket());
    const headers = { ...headersOf(cookie()), "x-strongroom-ticket": ticket, "x-strongroom-name": "b.txt" };
    const sent = await app.under.fetch(`/_strongroom/upload/${loot.slot}`, {
      method: "PUT",
      headers: { ...headers, "content-length": "1" },
      body: "x",
    });
    expect([403, 404]).toContain(sent.status);
    const again = { ...headers, "x-strongroom-ticket": (await ownTicket(cookie())) ?? ticket };
    const taken = await app.under.fetch(`/_strongroom/uploaded/${loot.file}`, {
      method: "DELETE",
      headers: again,
    });
    expect([403, 404]).toContain(taken.status);
  });

  // The same person may do just that.
  test.skipIf(who.startsWith("the same"))("ends no sign-in that is not its person's own", async () => {
    const ticket = (await ownTicket(cookie())) ?? (await loot.socketTicket());
    const query = new URLSearchParams({ id: loot.login, ticket });
    const answer = await app.under.fetch(`/_strongroom/logins/end?${query}`, {
      method: "POST",
      headers: headersOf(cookie()),
    });
    expect([403, 404]).toContain(answer.status);
  });
});

test("its owner goes on with all of it", async () => {
  const n = alice.tab.send({ trigger: { id: "x" } });
  expect(await alice.tab.hear("patch", ({ done }) => done === n)).toBeDefined();
  const read = await app.under.fetch(`/_strongroom/bytes/${loot.handle}`, {
    headers: headersOf(alice.cookie),
  });
  expect(read.body).toBe("Alice's own");
  expect(app.under.gateway.counts().uploadBytes).toBe(2);
  expect(alice.tab.heard.some(({ t }) => t === "gone")).toBe(false);
});
