import { afterAll, beforeAll, expect, test } from "vitest";
import type { TestTab } from "../gateway/gateway-under-test.ts";
import { sleep } from "../running/processes.ts";
import { TwoGateways, type OneOfTwo } from "./two-gateways.ts";

let two: TwoGateways;
let a: OneOfTwo;
let b: OneOfTwo;
beforeAll(async () => {
  two = await TwoGateways.start({
    recheckSeconds: 1,
    provider: { claims: { groups: ["staff"] }, configuration: { rotateRefreshToken: () => true } },
  });
  [a, b] = two.both;
});
afterAll(() => two[Symbol.asyncDispose]());

const gone = (tab: TestTab, why: string): Promise<void> =>
  tab.hear("gone").then((said) => expect(said).toEqual({ t: "gone", why }));

/** Nobody asks the provider about them any more. */
async function leave(browser: Map<string, string>, tabs: readonly TestTab[]): Promise<void> {
  await a.act(browser, "/_strongroom/logout");
  await Promise.all(tabs.map((tab) => gone(tab, "signed-out")));
}

test("a sign-in that begins at one gateway and ends at the other is known at both, at once", async () => {
  const browser = await two.signIn("alice", a, b);
  expect(await a.isIn(browser)).toBe(true);
  expect((await a.ask(browser, "/")).status).toBe(200);
  expect(await b.isIn(browser)).toBe(true);
});

test("a callback counts once, at whichever of the two", async () => {
  const browser = new Map<string, string>();
  const callback = await two.toCallback(browser, a, "alice");
  const same = (): Map<string, string> => new Map(browser);
  const answers = await Promise.all([a, b, a, b, a, b].map((one) => one.ask(same(), callback)));
  expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
});

test("signing out at one gateway ends the tabs at the other", async () => {
  const [browser, other] = [await two.signIn("alice", a), await two.signIn("bob", b)];
  const [tab, otherTab] = [await b.open(browser), await b.open(other)];
  await a.act(browser, "/_strongroom/logout");
  await gone(tab, "signed-out");
  expect(otherTab.closeCode).toBeUndefined();
});

test("who signs out everywhere else at one gateway is out at the other a moment after they came there", async () => {
  const [here, there] = [await two.signIn("carol", a), await two.signIn("carol", b)];
  await a.act(here, "/_strongroom/logins/end-others");
  await expect.poll(() => b.isIn(there), { timeout: 10_000 }).toBe(false);
  expect(await b.isIn(here)).toBe(true);
});

test("a new sign-in ends what its browser had from the other gateway", async () => {
  const browser = await two.signIn("alice", a);
  const before = new Map(browser);
  const tab = await a.open(before);
  const callback = await two.toCallback(browser, b, "alice");
  expect((await b.ask(browser, callback)).status).toBe(303);
  await gone(tab, "signed-out");
  expect([await a.isIn(before), await a.isIn(browser)]).toEqual([false, true]);
});

test("two gateways that renew tokens which rotate use each once, and nobody is signed out by it", async () => {
  const browser = await two.signIn("dora", a);
  const tabs = [await a.open(browser), await b.open(browser)];
  const before = two.provider.grants.length;
  await expect.poll(() => two.provider.grants.length - before, { timeout: 20_000 }).toBeGreaterThan(5);
  await Promise.all(Array.from({ length: 10 }, (_, at) => (at % 2 === 0 ? a : b).ask(browser, "/")));
  const used = two.provider.grants.slice(before).map(({ refreshToken }) => refreshToken);
  expect(new Set(used).size).toBe(used.length);
  expect(tabs.map(({ closeCode }) => closeCode)).toEqual([undefined, undefined]);
  expect([await a.isIn(browser), await b.isIn(browser)]).toEqual([true, true]);
  await leave(browser, tabs);
});

test("a role that is removed ends the tabs at both", async () => {
  two.provider.people.set("erin", { groups: ["staff"] });
  const browser = await two.signIn("erin", b);
  const tabs = [await a.open(browser), await b.open(browser)];
  two.provider.people.set("erin", { groups: ["guests"] });
  for (const tab of tabs) await gone(tab, "not-allowed");
  expect((await a.ask(browser, "/")).status).toBe(403);
});

test("a gateway that is killed takes no sign-in along", async () => {
  const browser = await two.signIn("frank", a);
  const tab = await b.open(browser);
  a.program.child.kill("SIGKILL");
  await sleep(500);
  expect(await b.isIn(browser)).toBe(true);
  expect(tab.closeCode).toBeUndefined();
});
