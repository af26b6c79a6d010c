import { afterEach, beforeEach, expect, test } from "vitest";
import { GatewayUnderTest } from "../../../../../tests/gateway/gateway-under-test.ts";
import { openToAll } from "../access/access.ts";
import { AddressRates } from "../address-rates.ts";
import { Dispatcher, type Tables } from "../dispatch.ts";
import { openDoor, type Door } from "../door.ts";
import type { CookiePlace } from "../edge/cookies.ts";
import { trustedProxies } from "../edge/client-address.ts";
import { ownSites } from "../edge/own-origins.ts";
import { textAnswer, type Answer } from "../http/answer.ts";
import { createLog } from "../log.ts";
import type { AskedByViewer, Policy } from "../operation.ts";
import { operations, upgrades } from "../operations.ts";
import { RefusalLog } from "../refusal-log.ts";
import type { Services } from "../services.ts";
import { Tickets } from "../tickets.ts";
import { viewerOf } from "../viewer-cookie.ts";
import { attackSelf } from "./self-attack.ts";

const log = createLog("silent");
const tickets = new Tickets(30, Date.now);

function openWithTicket({ query, viewer }: AskedByViewer): Answer {
  return textAnswer(tickets.redeem(query.replace("ticket=", ""), viewer) ? 200 : 403, "");
}

// Only as much as operations take hold of when their table is made.
const services = {
  assets: { answer: () => Promise.resolve(undefined) },
  handles: { find: () => undefined, flowing: { find: () => undefined } },
  maxUploadBytes: 1_000,
  sockets: { open: openWithTicket },
  tickets,
  viewers: { mayAct: () => true },
} as unknown as Services;
const intact: Tables = { operations: operations(services), upgrades: upgrades(services) };

let door: Door;
beforeEach(async () => {
  door = await openDoor({ port: 0 });
});
afterEach(() => {
  door.close();
  door.closeConnections();
});

/** What the attack on a gateway with these tables says. */
const plain = { secure: false, base: "" };

async function attacked(tables: Tables): Promise<string> {
  const sites = ownSites([], { port: door.port, secure: false });
  const whoAsks = (cookies: string | undefined, at: CookiePlace) => {
    const named = viewerOf(cookies, at);
    return named && { viewer: named.viewer, identity: undefined };
  };
  const refusals = new RefusalLog(log, Date.now);
  door.serve(
    new Dispatcher(
      tables,
      { sites, proxies: trustedProxies([]), ...plain, embedders: [], whoAsks, mayEnter: () => true },
      { addresses: new AddressRates(1_000, Date.now), log, refusals },
    ),
  );
  const place = { host: "127.0.0.1", port: door.port, ...plain };
  const told = { asksForCertificates: false, onPort: () => undefined };
  try {
    await attackSelf({ ...place, ...told }, [...tables.operations, ...tables.upgrades]);
    return "";
  } catch (error) {
    expect(error).toMatchObject({ code: "ERR_SELF_ATTACK" });
    return String(error);
  }
}

/** The tables with the policy of one operation, or of all, loosened. */
function loosened(change: Partial<Policy>, name?: string): Tables {
  const loosen = <O extends { readonly name: string; readonly policy: Policy }>(one: O): O =>
    name === undefined || one.name === name ? { ...one, policy: { ...one.policy, ...change } } : one;
  return { operations: intact.operations.map(loosen), upgrades: intact.upgrades.map(loosen) };
}

test("a gateway that is whole refuses every attempt", async () => {
  expect(await attacked(intact)).toBe("");
});

test("a whole server attacks itself, and writes none of it down as a stranger's", async () => {
  await using under = await GatewayUnderTest.start();
  expect(await under.gateway.attackSelf()).toBeGreaterThan(30);
  expect(under.lines.join("")).not.toContain("refused");
  await under.fetch("/", { headers: { host: "attacker.example" } });
  expect(under.lines.join("")).toContain("refused");
});

test("where the attack comes first, nobody else is answered before it has passed", async () => {
  await using under = await GatewayUnderTest.start({ attacksFirst: true });
  let status = 0;
  const page = under.fetch("/").then((answer) => (status = answer.status));
  await under.gateway.attackSelf().finally(() => expect(status).toBe(0));
  await page;
  expect(status).toBe(200);
});

test("an app for those who have signed in refuses every attempt, too", async () => {
  await using under = await GatewayUnderTest.start({ access: { ...openToAll, allow: "signed-in" } });
  expect(await under.gateway.attackSelf()).toBeGreaterThan(30);
});

test.each<[string, Tables, string]>([
  ["an origin", loosened({ origin: "unasked" }, "ticket"), "ticket from another origin: 403 was expected"],
  ["a cookie of an act", loosened({ who: "visitor" }, "ticket"), "ticket without a cookie: 403 was expected"],
  ["a socket's origin", loosened({ origin: "unasked" }, "socket"), "socket from another origin"],
  ["a cookie", loosened({ who: "anyone" }, "bytes"), "bytes without a cookie"],
  ["other sites", loosened({ site: "open" }, "bytes"), "bytes by another site's page"],
  ["another host", loosened({ host: "any" }, "first page"), "a page under another host's name"],
  ["a method", loosened({ methods: ["GET", "POST"] }, "first page"), "a form sent to a page"],
  [
    "a ticket",
    { ...intact, upgrades: intact.upgrades.map((one) => ({ ...one, upgrade: () => textAnswer(200, "") })) },
    "a socket with a forged ticket: 403 was expected, and the answer was 200.",
  ],
  [
    "headers",
    {
      ...intact,
      operations: intact.operations.map((one) => ({
        ...one,
        run: () => textAnswer(404, "", { "X-Content-Type-Options": "", "Access-Control-Allow-Origin": "*" }),
      })),
    },
    "the answer lacks x-content-type-options.",
  ],
])("a guard of %s that is off is named, and stops the server", async (_, tables, hole) => {
  expect(await attacked(tables)).toContain(hole);
});
