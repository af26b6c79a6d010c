/** Downloads that are made as they are sent, through real processes. */
import { get, type IncomingMessage } from "node:http";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serve, type Server } from "../running/app-server.ts";
import { residentBytes } from "../running/processes.ts";
import { openRawWhole, type OpenedRaw } from "../running/raw-session.ts";

const source = fileURLToPath(new URL("flow-app/", import.meta.url));
const config = `downloadBytes = "310mb"
downloadsPerViewer = 2
[runner]
workers = 1
`;

describe("a download that flows", { timeout: 60_000 }, () => {
  let server: Server;
  beforeAll(async () => void (server = await serve(source, { config })), 60_000);
  afterAll(async () => server[Symbol.asyncDispose]());

  /** Presses a button and answers the handle of what it makes. */
  async function made({ session }: OpenedRaw, label: string): Promise<string> {
    await session.send({ trigger: { id: `downloadButton:${label}` } });
    const handle = /"made":"([\w-]{43})"/.exec(session.last)?.[1];
    if (handle === undefined) throw new Error(`No handle: ${session.last}`);
    return handle;
  }

  function begin({ cookie }: Pick<OpenedRaw, "cookie">, handle: string): Promise<IncomingMessage> {
    const address = new URL(`_strongroom/bytes/${handle}`, server.url);
    return new Promise((resolve, reject) => {
      get(address, { headers: { cookie }, agent: false }, resolve).on("error", reject);
    });
  }

  /** Reads to the end; answers how much came and whether it came to its end. */
  function read(answer: IncomingMessage): Promise<{ size: number; isWhole: boolean }> {
    let size = 0;
    answer.on("data", (chunk: Buffer) => void (size += chunk.length));
    answer.on("error", () => undefined);
    return new Promise((resolve) => answer.once("close", () => resolve({ size, isWhole: answer.complete })));
  }

  /** Looks until the page says it. */
  async function says({ session }: OpenedRaw, pattern: RegExp): Promise<void> {
    while (!pattern.test(session.last)) {
      await session.send({ trigger: { id: "button:Look" } });
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  const residentMb = (): number => residentBytes(server.pid) / 1_048_576;

  test("of 300 MB comes whole, and no process holds it", async () => {
    const tab = await openRawWhole(server.url);
    const handle = await made(tab, "Large");
    const before = residentMb();
    let most = 0;
    const timer = setInterval(() => (most = Math.max(most, residentMb())), 50);
    const answer = await begin(tab, handle);
    expect(answer.headers).toMatchObject({ "content-disposition": 'attachment; filename="large.bin"' });
    expect(answer.headers["content-length"]).toBeUndefined();
    const { size, isWhole } = await read(answer);
    clearInterval(timer);
    expect([size, isWhole]).toEqual([300_000_000, true]);
    // What is not collected yet, in four processes, whatever the size: held once, it were 300 or more.
    expect(most - before).toBeLessThan(220);
    await says(tab, /large whole, large ended/);
    expect((await begin(tab, handle)).statusCode).toBe(404);
    tab.session.close();
  });

  test("waits for a slow reader, and ends with one that goes away", async () => {
    const tab = await openRawWhole(server.url);
    const stranger = await openRawWhole(server.url);
    const handle = await made(tab, "Endless");
    expect((await begin(stranger, handle)).statusCode).toBe(404);
    const answer = await begin(tab, handle);
    answer.pause();
    await new Promise((resolve) => setTimeout(resolve, 700));
    await tab.session.send({ trigger: { id: "button:Look" } });
    const first = Number(/made: (\d+)/.exec(tab.session.last)?.[1]);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await says(tab, new RegExp(`made: ${first}"`));
    answer.destroy();
    await says(tab, /endless ended/);
    tab.session.close();
    stranger.session.close();
  });

  test("is cut at the limit, and never looks whole; one that waits for its source ends with its reader", async () => {
    const tab = await openRawWhole(server.url);
    const cut = await read(await begin(tab, await made(tab, "Endless")));
    expect(cut.isWhole).toBe(false);
    expect(cut.size).toBeLessThanOrEqual(310_000_000);
    const waiting = await begin(tab, await made(tab, "Waiting"));
    waiting.once("data", () => waiting.destroy());
    waiting.on("error", () => undefined);
    await says(tab, /waiting ended/);
    tab.session.close();
  });

  test("breaks where its code throws, and where its worker dies", async () => {
    const tab = await openRawWhole(server.url);
    const torn = await read(await begin(tab, await made(tab, "Torn")));
    expect([torn.size, torn.isWhole]).toEqual([3_000_000, false]);
    const answer = await begin(tab, await made(tab, "Deadly"));
    const dead = await read(answer);
    expect(dead.isWhole).toBe(false);
    tab.session.close();
  });

  test("is one of few: a third at a time is refused, and room comes back", async () => {
    const tab = await openRawWhole(server.url);
    const open = [];
    for (let at = 0; at < 2; at++) open.push(await begin(tab, await made(tab, "Endless")));
    expect((await begin(tab, await made(tab, "Endless"))).statusCode).toBe(404);
    for (const answer of open) answer.destroy();
    for (let status = 404; status !== 200;) {
      const answer = await begin(tab, await made(tab, "Endless"));
      status = answer.statusCode ?? 0;
      answer.destroy();
    }
    tab.session.close();
  });
});
