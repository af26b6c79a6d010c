import { describe, expect, test } from "vitest";
import { GatewayUnderTest, type TestTab } from "../../../../../tests/gateway/gateway-under-test.ts";
import { gatewayDefaults, type GatewayLimits } from "../options.ts";
import { socketOperations } from "./socket-operations.ts";

const deep = (depth: number): string => `${"[".repeat(depth)}${"]".repeat(depth)}`;
const many = Array.from({ length: 501 }, (_, at) => `"w${at}":1`).join(",");
const event = (rest: string): string => `{"t":"event","n":1,"tree":1,${rest}}`;
const token = "a".repeat(43);

const hostile: readonly (readonly [name: string, frame: string])[] = [
  ["nothing", ""],
  ["no JSON", "hello"],
  ["half of JSON", '{"t":"event"'],
  ["null", "null"],
  ["a list", "[]"],
  ["a number", "1"],
  ["text", '"event"'],
  ["no kind", '{"n":1,"tree":1}'],
  ["an unknown kind", '{"t":"eval","code":"1"}'],
  ["a kind that every object has", '{"t":"constructor"}'],
  ["the kind __proto__", '{"t":"__proto__"}'],
  ["a message of the server", '{"t":"tree","tree":1,"nodes":[]}'],
  ["a field too many", event('"admin":true')],
  ["a prototype", '{"t":"event","n":1,"tree":1,"__proto__":{"values":{}}}'],
  ["a prototype among answers", event('"values":{"__proto__":{"a":1}}')],
  ["a constructor in an answer", event('"values":{"a":{"constructor":{"prototype":{}}}}')],
  ["a number that is text", '{"t":"event","n":"1","tree":1}'],
  ["a negative number", '{"t":"event","n":-1,"tree":1}'],
  ["a broken number", '{"t":"event","n":1.5,"tree":1}'],
  ["a huge number", '{"t":"event","n":1e308,"tree":1}'],
  ["the largest number", '{"t":"event","n":9007199254740991,"tree":1}'],
  ["infinity", '{"t":"event","n":1e999,"tree":1}'],
  ["no tree", '{"t":"event","n":1}'],
  ["an answer that is too deep", event(`"values":{"a":${deep(10)}}`)],
  ["an answer that is far too deep", event(`"values":{"a":${deep(100_000)}}`)],
  ["too many answers", event(`"values":{${many}}`)],
  ["an id that is too long", event(`"values":{"${"a".repeat(500)}":1}`)],
  ["an answer with too many parts", event(`"values":{"a":[${"1,".repeat(30_000)}1]}`)],
  ["a path", event('"page":"../../etc/passwd"')],
  ["a page with a slash", event('"page":"a/b"')],
  ["a long query", event(`"query":"${"a".repeat(9_000)}"`)],
  ["a trigger without id", event('"trigger":{}')],
  ["a trigger that is text", event('"trigger":"go"')],
  ["a second resume", JSON.stringify({ t: "resume", protocol: 1, session: token, tree: 0 })],
  ["a resume with a short token", '{"t":"resume","protocol":1,"session":"a","tree":0}'],
  ["a stop with more", '{"t":"stop","all":true}'],
];

describe("what no browser of ours says", () => {
  test.each(hostile)("%s ends the conversation, and nothing of it reaches a worker", async (_, frame) => {
    await using under = await GatewayUnderTest.start();
    const tab = await under.open();
    tab.raw(frame);
    await tab.until(() => tab.closeCode !== undefined);
    expect(tab.closeCode).toBe(1008);
    expect(under.pool.last.events).toEqual([]);
    await tab.until(() => under.gateway.counts().sockets === 0);
    await tab.reconnect(1);
    expect(tab.heard.at(-1)).toMatchObject({ t: "resumed" });
  });

  test("bytes end it", async () => {
    await using under = await GatewayUnderTest.start();
    const tab = await under.open();
    tab.raw(Buffer.from('{"t":"stop"}'));
    await tab.until(() => tab.closeCode !== undefined);
    expect(tab.closeCode).toBe(1003);
  });

  test("what is too large is cut off before it is read", async () => {
    await using under = await GatewayUnderTest.start();
    const tab = await under.open();
    tab.raw("x".repeat(3 * 1024 * 1024));
    await tab.until(() => tab.closeCode !== undefined);
    expect(tab.closeCode).toBe(1009);
  });

  test.each(['{"t":"event","n":1,"tree":1}', '{"t":"stop"}'])(
    "%s before the session is taken up",
    async (frame) => {
      await using under = await GatewayUnderTest.start();
      const page = await under.fetch("/");
      const tab = under.tab(page);
      await tab.connect(page.boot.ticket);
      tab.raw(frame);
      await tab.until(() => tab.closeCode !== undefined);
      expect(tab.closeCode).toBe(1008);
      // Not because it said nothing else for too long.
      expect(under.lines.join("\n")).toContain("A session was expected to be taken up first.");
    },
  );
});

describe("taking a session up", () => {
  async function connected(under: GatewayUnderTest): Promise<TestTab> {
    const page = await under.fetch("/");
    const tab = under.tab(page);
    await tab.connect(page.boot.ticket);
    return tab;
  }

  test("of another viewer is as if it did not exist", async () => {
    await using under = await GatewayUnderTest.start();
    const victim = await under.open();
    const thief = await connected(under);
    expect(await thief.resume(1, victim.boot.session)).toEqual({ t: "gone", why: "expired" });
    victim.send({ values: { a: 1 } });
    await victim.hear("patch");
  });

  test("that nobody has is told", async () => {
    await using under = await GatewayUnderTest.start();
    const tab = await connected(under);
    expect(await tab.resume(1, token)).toEqual({ t: "gone", why: "expired" });
    await tab.until(() => tab.closeCode !== undefined);
  });

  test("in another version of the protocol is told", async () => {
    await using under = await GatewayUnderTest.start();
    const tab = await connected(under);
    tab.raw(JSON.stringify({ t: "resume", protocol: 2, session: tab.boot.session, tree: 1 }));
    expect(await tab.hear("gone")).toEqual({ t: "gone", why: "protocol" });
  });

  test("a second time tells the first socket", async () => {
    await using under = await GatewayUnderTest.start();
    const first = await under.open();
    const second = under.adopt(first);
    await second.connect(await under.ticket(first.cookie));
    await second.resume(1);
    expect(await first.hear("gone")).toEqual({ t: "gone", why: "elsewhere" });
    second.send({ values: { a: 1 } }, 1);
    await second.hear("patch");
  });

  test("may be followed by events at once", async () => {
    await using under = await GatewayUnderTest.start();
    const tab = await connected(under);
    tab.raw(JSON.stringify({ t: "resume", protocol: 1, session: tab.boot.session, tree: 1 }));
    tab.send({ values: { a: 1 } });
    await tab.hear("patch", ({ done }) => done === 1);
  });
});

describe("too much", () => {
  test("events at once are refused one by one, and in the end the socket is closed", async () => {
    await using under = await GatewayUnderTest.start({ now: () => 1 });
    const tab = await under.open();
    for (let at = 0; at < 1_000; at++) tab.send({ values: { at } });
    await tab.until(() => tab.closeCode !== undefined);
    expect(under.pool.last.events.length).toBeLessThan(250);
    expect(tab.heard.filter(({ t }) => t === "refused").length).toBeGreaterThan(400);
    expect(tab.closeCode).toBe(1008);
  });

  test("sockets of one viewer are refused", async () => {
    await using under = await GatewayUnderTest.start({ limits: limited({ socketsPerViewer: 2 }) });
    const tab = await under.open();
    const second = under.adopt(tab);
    await second.connect(await under.ticket(tab.cookie));
    await expect(under.adopt(tab).connect(await under.ticket(tab.cookie))).rejects.toThrow("429");
    second.cut();
    await tab.until(() => under.gateway.counts().sockets === 1);
    await under.adopt(tab).connect(await under.ticket(tab.cookie));
  });

  test("sessions are refused with a page that says when to come back", async () => {
    await using under = await GatewayUnderTest.start({
      limits: limited({ sessionsPerViewer: 2, sessions: 3 }),
    });
    const { cookie } = await under.fetch("/");
    await under.fetch("/", { headers: { cookie } });
    const yours = await under.fetch("/", { headers: { cookie } });
    expect([yours.status, yours.headers["retry-after"]]).toEqual([429, "15"]);
    await under.fetch("/");
    const full = await under.fetch("/");
    expect([full.status, full.headers["retry-after"]]).toEqual([503, "30"]);
    expect(full.body).toContain("The server is busy");
  });

  test("new sessions a second are refused", async () => {
    await using under = await GatewayUnderTest.start({
      now: () => 1,
      limits: limited({ newSessionsPerSecond: 4 }),
    });
    const answers = [];
    for (let at = 0; at < 10; at++) answers.push((await under.fetch("/")).status);
    expect(answers).toEqual([200, 200, 200, 200, 200, 200, 200, 200, 503, 503]);
  });

  test("waiting for a browser that does not read: it is cut off, and comes back", async () => {
    await using under = await GatewayUnderTest.start({ limits: limited({ bufferedBytes: 200_000 }) });
    const tab = await under.open();
    tab.pause();
    const text = "x".repeat(100_000);
    const most = 400;
    let said = 0;
    for (; said < most && under.gateway.counts().sockets > 0; said++) {
      under.pool.last.say({ t: "notice", code: "draining", detail: text });
      await new Promise((resolve) => setImmediate(resolve));
    }
    // While it was spoken to, and not because it answered no ping later.
    expect(said).toBeLessThan(most);
    await tab.reconnect(0);
    await tab.hear("tree");
  });
});

function limited(limits: Partial<GatewayLimits>): GatewayLimits {
  return { ...gatewayDefaults.limits, newSessionsPerSecond: 10_000, ...limits };
}

test("every message that a browser may say has a line in the table, and says when it is heard", () => {
  expect(
    Object.fromEntries(Object.entries(socketOperations).map(([kind, { when }]) => [kind, when])),
  ).toEqual({
    resume: "unclaimed",
    event: "claimed",
    stop: "claimed",
  });
});
