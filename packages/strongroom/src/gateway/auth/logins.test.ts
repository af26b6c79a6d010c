import { expect, test } from "vitest";
import { memoryStore } from "../store/memory-store.ts";
import type { Ended } from "./ended.ts";
import type { Identity } from "./identity.ts";
import { countsSince } from "./just-ended.ts";
import { Logins } from "./logins.ts";

const overTls = { secure: true, base: "", framed: false };

const identityAt = (signedInAt: number, subject = "alice"): Identity => ({
  issuer: "https://id.test",
  subject,
  provider: "default",
  claims: {},
  signedInAt,
});
const tokens = { idToken: "a-token" };

async function setUp() {
  const clock = { now: 1_000_000 };
  const now = (): number => clock.now;
  const store = memoryStore(now);
  const times = { idleSeconds: 100, lifeSeconds: 1_000 };
  const told: string[] = [];
  const log = { error: (_: unknown, text: string) => void told.push(text) };
  const open = (): Promise<Logins> =>
    Logins.open({ ...times, records: store.records, log: log as never, now });
  return { clock, store, open, told };
}

test("a sign-in of which nobody makes use ends, and its listener hears of it once", async () => {
  const { clock, open } = await setUp();
  const logins = await open();
  const ended: string[] = [];
  logins.onEnd((viewer) => ended.push(viewer));
  const { viewer } = await logins.begin(identityAt(clock.now), tokens, overTls);
  clock.now += 99_999;
  expect(logins.find(viewer)?.subject).toBe("alice");
  clock.now += 1;
  expect(logins.find(viewer)).toBeUndefined();
  logins.touch(viewer);
  expect(logins.find(viewer)).toBeUndefined();
  await logins.sweep();
  await logins.sweep();
  expect(ended).toEqual([viewer]);
});

test("a sign-in that is used ends all the same when its life is over", async () => {
  const { clock, open } = await setUp();
  const logins = await open();
  const { viewer } = await logins.begin(identityAt(clock.now), tokens, overTls);
  for (let at = 0; at < 19; at++) {
    clock.now += 50_000;
    logins.touch(viewer);
  }
  expect(logins.find(viewer)).toBeDefined();
  clock.now += 50_000;
  expect(logins.find(viewer)).toBeUndefined();
  expect(await logins.tokensOf(viewer)).toBeUndefined();
});

test("sign-ins outlive a restart; those that ended do not come back", async () => {
  const { clock, open } = await setUp();
  const first = await open();
  const [kept, ended] = [
    await first.begin(identityAt(clock.now), { ...tokens, sid: "s1" }, overTls),
    await first.begin(identityAt(clock.now), { ...tokens, sid: "s2" }, overTls),
  ];
  await first.end({ issuer: "https://id.test", sid: "s2" });
  const second = await open();
  expect(second.find(kept.viewer)?.subject).toBe("alice");
  expect(await second.tokensOf(kept.viewer)).toEqual({ idToken: "a-token", sid: "s1" });
  expect(second.find(ended.viewer)).toBeUndefined();
});

test("a logout of one session ends all of that person's sign-ins of which no session is known, and nobody else's", async () => {
  const { clock, open } = await setUp();
  const logins = await open();
  const unnamed = await logins.begin(identityAt(clock.now), tokens, overTls);
  await logins.begin(identityAt(clock.now), { ...tokens, sid: "s1" }, overTls);
  await logins.begin(identityAt(clock.now, "bob"), tokens, overTls);
  expect(await logins.end({ issuer: "https://id.test", subject: "alice", sid: "s2" })).toEqual([
    unnamed.viewer,
  ]);
  expect(await logins.end({ issuer: "https://id.test", sid: "s2" })).toEqual([]);
});

test("a sign-in that the store cannot remove is over at once, and removed later", async () => {
  const { clock, store, open, told } = await setUp();
  const logins = await open();
  const { viewer } = await logins.begin(identityAt(clock.now), tokens, overTls);
  const remove = store.records.delete.bind(store.records);
  store.records.delete = () => Promise.reject(new Error("full"));
  expect(await logins.end({ viewer })).toEqual([viewer]);
  expect(logins.find(viewer)).toBeUndefined();
  expect(told).toHaveLength(1);
  store.records.delete = remove;
  await logins.sweep();
  expect((await open()).find(viewer)).toBeUndefined();
});

test("the cookie is a random name of fixed length, whatever the claims", async () => {
  const { clock, open } = await setUp();
  const logins = await open();
  const large = { ...identityAt(clock.now), claims: { groups: Array(1_000).fill("a group") as string[] } };
  const { setCookie } = await logins.begin(large, tokens, overTls);
  expect(setCookie).toMatch(
    /^__Host-strongroom-viewer=in\.[\w-]{43}; Path=\/; Max-Age=1000; SameSite=Lax; HttpOnly; Secure$/,
  );
});

test("what another process has ended is over here, and no use of it brings it back", async () => {
  const { clock, store, open } = await setUp();
  const [here, there] = [await open(), await open()];
  const { viewer } = await here.begin(identityAt(clock.now), tokens, overTls);
  const other = await here.begin(identityAt(clock.now, "bob"), tokens, overTls);
  expect(await here.follow()).toBe(true);
  await store.records.delete(["login", "tokens"], [viewer]);
  const ended: string[] = [];
  here.onEnd((each) => ended.push(each));
  clock.now += 90_000;
  here.touch(viewer);
  await here.renew(viewer, tokens);
  expect(ended).toEqual([viewer]);
  await store.records.delete(["login", "tokens"], [other.viewer]);
  expect(await here.follow()).toBe(true);
  expect(ended).toEqual([viewer, other.viewer]);
  expect(await here.follow()).toBe(false);
  expect([...there.all()]).toEqual([]);
  expect(await store.records.all("login")).toEqual([]);
  expect(await store.records.all("tokens")).toEqual([]);
});

test("who signed in at another gateway is known as soon as they come here, and to all who follow", async () => {
  const { clock, open } = await setUp();
  const [here, there] = [await open(), await open()];
  const { viewer } = await there.begin(identityAt(clock.now), tokens, overTls);
  expect(here.find(viewer)).toBeUndefined();
  await here.meet(viewer);
  expect(here.find(viewer)?.subject).toBe("alice");
  const bob = await there.begin(identityAt(clock.now, "bob"), tokens, overTls);
  expect(await here.follow()).toBe(true);
  expect(here.find(bob.viewer)?.subject).toBe("bob");
  await here.meet("nobody");
  expect(here.find("nobody")).toBeUndefined();
});

test("what a provider says anew at one gateway is heard at another, and not unsaid by one that has not heard it", async () => {
  const { clock, open } = await setUp();
  const [here, there] = [await open(), await open()];
  const { viewer } = await here.begin(identityAt(clock.now), tokens, overTls);
  await there.meet(viewer);
  const changed: string[] = [];
  there.onChange((each) => changed.push(each));
  await here.change(viewer, { ...identityAt(clock.now), claims: { groups: ["guests"] } });
  clock.now += 50_000;
  there.touch(viewer);
  await there.checked(viewer);
  await there.follow();
  expect(changed).toEqual([viewer]);
  expect(there.find(viewer)?.claims).toEqual({ groups: ["guests"] });
  expect((await open()).find(viewer)?.claims).toEqual({ groups: ["guests"] });
});

test("a sign-in that is used at one gateway does not end at another, where nobody uses it", async () => {
  const { clock, open } = await setUp();
  const [here, there] = [await open(), await open()];
  const { viewer } = await here.begin(identityAt(clock.now), tokens, overTls);
  await there.meet(viewer);
  const ended: string[] = [];
  there.onEnd((each) => ended.push(each));
  clock.now += 90_000;
  here.touch(viewer);
  clock.now += 50_000;
  expect(there.find(viewer)).toBeUndefined();
  await there.sweep();
  expect(ended).toEqual([]);
  expect(there.find(viewer)?.subject).toBe("alice");
  clock.now += 50_000;
  await there.sweep();
  expect(ended).toEqual([viewer]);
  expect(await here.follow()).toBe(true);
  expect(here.find(viewer)).toBeUndefined();
});

test("what ended here does not come back from a store that could not remove it", async () => {
  const { clock, store, open } = await setUp();
  const logins = await open();
  const { viewer } = await logins.begin(identityAt(clock.now), tokens, overTls);
  store.records.delete = () => Promise.reject(new Error("full"));
  await logins.end({ viewer });
  await logins.meet(viewer);
  await logins.follow();
  expect(logins.find(viewer)).toBeUndefined();
});

const born = { ...overTls, since: 1_000_000 };
const ends: readonly (readonly [string, Ended, isOver: boolean])[] = [
  ["the person", { issuer: "https://id.test", subject: "alice" }, true],
  ["the session at the provider", { issuer: "https://id.test", sid: "s1" }, true],
  ["the person by name", { who: "alice" }, true],
  ["everybody", { everybody: true }, true],
  ["whom it takes the place of", { viewer: "before" }, true],
  ["another person", { issuer: "https://id.test", subject: "bob" }, false],
  ["another session", { issuer: "https://id.test", subject: "alice", sid: "s2" }, false],
  ["another issuer's", { issuer: "https://other.test", subject: "alice" }, false],
  ["another viewer", { viewer: "other" }, false],
  ["all others, said here", { issuer: "https://id.test", subject: "alice", except: "before" }, false],
];

test.each(ends)(
  "a logout of %s at another gateway while a sign-in is written: %#",
  async (_, ended, isOver) => {
    const { clock, store, open } = await setUp();
    const [here, there] = [await open(), await open()];
    const put = store.records.put.bind(store.records);
    const heard: string[] = [];
    here.onEnd((viewer) => heard.push(viewer));
    store.records.put = async (records) => {
      if (records[0]?.kind === "login") {
        store.records.put = put;
        await there.end(ended);
      }
      await put(records);
    };
    const given = { ...tokens, sid: "s1" };
    const begun = here.begin(identityAt(clock.now), given, { ...born, before: "before" });
    if (isOver) await expect(begun).rejects.toThrow("ended while it was made");
    else expect(here.find((await begun).viewer)?.subject).toBe("alice");
    expect(await store.records.ids("login")).toHaveLength(isOver ? 0 : 1);
    expect(heard).toHaveLength(isOver ? 1 : 0);
  },
);

test("a logout from before the provider knew who it is says nothing about a sign-in", async () => {
  const { clock, open } = await setUp();
  const logins = await open();
  await logins.end({ issuer: "https://id.test", subject: "alice" });
  clock.now += 1;
  const { viewer } = await logins.begin(identityAt(clock.now), tokens, { ...overTls, since: clock.now });
  expect(logins.find(viewer)?.subject).toBe("alice");
});

test.each([
  [undefined, 2_000],
  ["1.5", 2_000],
  [Infinity, 2_000],
  [1.5, 1_500],
  [0.5, 1_000],
  [9, 2_000],
])("where the provider knew at %j who it is, ends count from %i ms", (authTime, since) => {
  expect(countsSince(authTime, { begunAt: 1_000, cameAt: 2_000 })).toBe(since);
});

test("a person who ends all others of theirs again and again leaves one note, of the last time", async () => {
  const { clock, store, open } = await setUp();
  const logins = await open();
  const { viewer } = await logins.begin(identityAt(clock.now), tokens, overTls);
  for (let times = 0; times < 50; times++) {
    clock.now += 1;
    await logins.end({ issuer: "https://id.test", subject: "alice", except: viewer });
  }
  const notes = await store.records.all("ended");
  expect(notes.map(({ value }) => JSON.parse(value.toString()) as unknown)).toMatchObject([
    { at: clock.now },
  ]);
});
