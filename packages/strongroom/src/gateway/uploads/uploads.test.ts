import { connect } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  GatewayUnderTest,
  type Page,
  type TestTab,
} from "../../../../../tests/gateway/gateway-under-test.ts";
import type { FakePlaced } from "../../../../../tests/gateway/fake-pool.ts";
import type { AccessRule } from "../../wire/access-rule.ts";
import type { AuditEvent } from "../audit/audit.ts";
import { openToAll } from "../access/access.ts";
import { gatewayDefaults } from "../options.ts";

const million = 1_000_000;
const limits = {
  ...gatewayDefaults.limits,
  eventsPerSecond: million,
  requestsPerSecond: million,
  uploadBytesPerSession: 3 * million,
  uploadBytesPerViewer: 4 * million,
  uploadBytes: 8 * million,
};
const slotOf = (letter: string): string => letter.repeat(43);

let under: GatewayUnderTest;
beforeEach(async () => void (under = await GatewayUnderTest.start({ maxUploadBytes: 2 * million, limits })));
afterEach(() => under[Symbol.asyncDispose]());

/** A tab whose page has a widget that takes files. */
async function openUploader(slot = slotOf("s"), more: object = {}, cookie?: string) {
  const tab = await under.open("/", cookie === undefined ? {} : { cookie });
  const worker = under.pool.last;
  const accept = { extensions: [], types: [] };
  worker.listener.slot({
    slot,
    widget: "w",
    accept,
    folders: false,
    maxBytes: 1_500_000,
    maxFiles: 5,
    ...more,
  });
  return { tab, worker };
}

interface Sending {
  readonly slot?: string;
  readonly name?: string;
  readonly headers?: Record<string, string>;
}

async function send(
  tab: TestTab,
  body: string,
  { slot = slotOf("s"), name = "a.bin", headers = {} }: Sending = {},
) {
  const all = {
    cookie: tab.cookie,
    origin: `http://${under.host}`,
    "sec-fetch-site": "same-origin",
    "x-strongroom-ticket": await under.ticket(tab.cookie),
    "x-strongroom-name": name,
    ...headers,
  };
  return under.fetch(`/_strongroom/upload/${slot}`, { method: "PUT", headers: all, body });
}

const fileIn = (answer: Page): string => (JSON.parse(answer.body) as { file: string }).file;
const readAll = (worker: FakePlaced, file: string): string | undefined =>
  worker.listener.read({ file, from: 0, length: 1_000 })?.toString();

test("a file is read by the session that it was sent to, and by no other", async () => {
  const { tab, worker } = await openUploader();
  const other = await openUploader(slotOf("t"));
  const answer = await send(tab, "hello", { name: "a.txt" });
  expect(answer.status).toBe(200);
  const file = fileIn(answer);
  expect(worker.files).toEqual([{ id: file, widget: "w", name: "a.txt", type: "text/plain", size: 5 }]);
  expect(readAll(worker, file)).toBe("hello");
  expect(readAll(other.worker, file)).toBeUndefined();
  expect(other.worker.files).toEqual([]);
});

test("a worker that takes the session up later is told of its files", async () => {
  const { tab, worker } = await openUploader();
  const file = fileIn(await send(tab, "hello"));
  worker.lose("crashed");
  await tab.until(() => under.pool.last !== worker);
  expect(under.pool.last.opening.files?.().map(({ id }) => id)).toEqual([file]);
  expect(readAll(under.pool.last, file)).toBe("hello");
});

test("another viewer, another site, no ticket, a used one, and a slot that nobody opened get nothing in", async () => {
  const { tab } = await openUploader();
  const stranger = await under.open();
  expect((await send(stranger, "x")).status).toBe(404);
  expect((await send(tab, "x", { slot: slotOf("n") })).status).toBe(404);
  expect((await send(tab, "x", { slot: "../../etc" })).status).toBe(400);
  expect((await send(tab, "x", { slot: "etc" })).status).toBe(404);
  const ticket = await under.ticket(tab.cookie);
  expect((await send(tab, "x", { headers: { "x-strongroom-ticket": ticket } })).status).toBe(200);
  for (const headers of [
    { "x-strongroom-ticket": ticket },
    { "x-strongroom-ticket": await under.ticket(stranger.cookie) },
    { "x-strongroom-ticket": "" },
    { origin: "https://evil.example" },
    { "sec-fetch-site": "cross-site" },
    { cookie: "" },
  ])
    expect((await send(tab, "x", { headers })).status, JSON.stringify(headers)).toBe(403);
  expect(under.gateway.counts().uploadBytes).toBe(1);
});

test("who may no longer see the page sends nothing to it, and takes nothing back", async () => {
  const pages: Record<string, AccessRule> = {};
  const access = { ...openToAll, pages };
  await under[Symbol.asyncDispose]();
  under = await GatewayUnderTest.start({ access, limits });
  const { tab, worker } = await openUploader();
  const file = fileIn(await send(tab, "hello"));
  pages[""] = ["group:hr"];
  expect((await send(tab, "again")).status).toBe(404);
  const headers = {
    cookie: tab.cookie,
    origin: `http://${under.host}`,
    "x-strongroom-ticket": await under.ticket(tab.cookie),
  };
  const path = `/_strongroom/uploaded/${slotOf("s")}/${file}`;
  expect((await under.fetch(path, { method: "DELETE", headers })).status).toBe(404);
  expect(readAll(worker, file)).toBe("hello");
  expect(under.gateway.counts().uploadBytes).toBe(5);
});

test("what came in, what was refused and what was fetched stand in the audit log, each download once", async () => {
  const noted: (string | undefined)[][] = [];
  const audit = { note: ({ kind, detail }: AuditEvent) => void noted.push([kind, detail]) };
  await under[Symbol.asyncDispose]();
  under = await GatewayUnderTest.start({ audit, limits });
  const { tab, worker } = await openUploader(slotOf("s"), { accept: { extensions: [".csv"], types: [] } });
  await send(tab, "a,b", { name: "orders.csv" });
  await send(tab, "a,b", { name: "a.exe" });
  const handle = "h".repeat(43);
  const bytes = Buffer.from("0123456789");
  worker.listener.bytes({ handle, mime: "text/csv", fileName: "totals.csv", bytes });
  const headers = { cookie: tab.cookie, "sec-fetch-site": "same-origin" };
  const fetched = async (range: string): Promise<number> =>
    (await under.fetch(`/_strongroom/bytes/${handle}`, { headers: { ...headers, range } })).status;
  expect([await fetched("bytes=0-3"), await fetched("bytes=4-")]).toEqual([206, 206]);
  expect(noted).toEqual([
    ["upload", "orders.csv"],
    ["upload-refused", "type"],
    ["download", "totals.csv"],
  ]);
});

test("what is too large is refused before a byte of it is kept, and the server's limit holds for all", async () => {
  const { tab } = await openUploader();
  expect((await send(tab, "x".repeat(1_500_001))).status).toBe(413);
  const answer = await send(tab, "x".repeat(2 * million + 1));
  expect(answer.status).toBe(413);
  expect(answer.body).toContain("at most 2,000,000 bytes");
  expect(under.gateway.counts().uploadBytes).toBe(0);
});

test("2 GB sent at a limit of 2 MB are cut, however they are announced", async () => {
  const { tab } = await openUploader();
  for (const lengths of ["Content-Length: 2000000000", "Transfer-Encoding: chunked"]) {
    const ticket = await under.ticket(tab.cookie);
    const { sent, heard } = await pour(tab, ticket, lengths);
    expect(heard).toMatch(/^HTTP\/1\.1 413 /);
    expect(heard).toContain("A body of known length was expected, at most 2,000,000 bytes.");
    expect(sent).toBeLessThan(200 * million);
  }
  expect(under.gateway.counts().uploadBytes).toBe(0);
});

/** Sends without end until the server ends it. */
function pour(tab: TestTab, ticket: string, lengths: string): Promise<{ sent: number; heard: string }> {
  return new Promise((resolve) => {
    let sent = 0;
    let heard = "";
    const socket = connect(under.gateway.port, "127.0.0.1");
    const piece = Buffer.alloc(million, "x");
    const more = (): void => {
      while (!socket.destroyed && sent < 2_000 * million) {
        sent += piece.length;
        if (!socket.write(piece)) return void socket.once("drain", more);
      }
    };
    socket.on("error", () => undefined);
    socket.on("close", () => resolve({ sent, heard }));
    socket.on("data", (data) => {
      heard += data.toString();
      setTimeout(() => socket.destroy(), 100);
    });
    const head = `PUT /_strongroom/upload/${slotOf("s")} HTTP/1.1\r\nHost: ${under.host}\r\nOrigin: http://${under.host}\r\n`;
    socket.write(
      `${head}Cookie: ${tab.cookie}\r\nX-Strongroom-Ticket: ${ticket}\r\nX-Strongroom-Name: a.bin\r\n${lengths}\r\n\r\n`,
    );
    more();
  });
}

test("there is room for so much of a session, a viewer and all, and it comes back", async () => {
  const { tab } = await openUploader();
  const mega = "x".repeat(million);
  const files: string[] = [];
  for (let count = 0; count < 3; count++) files.push(fileIn(await send(tab, mega)));
  expect((await send(tab, mega)).status).toBe(507);
  const second = await openUploader(slotOf("t"), {}, tab.cookie);
  expect((await send(second.tab, mega, { slot: slotOf("t") })).status).toBe(200);
  expect((await send(second.tab, mega, { slot: slotOf("t") })).status).toBe(507);
  const headers = {
    cookie: tab.cookie,
    origin: `http://${under.host}`,
    "x-strongroom-ticket": await under.ticket(tab.cookie),
  };
  const path = `/_strongroom/uploaded/${slotOf("s")}/${files[0] ?? ""}`;
  const wrong = `/_strongroom/uploaded/${slotOf("t")}/${files[1] ?? ""}`;
  expect((await under.fetch(path, { method: "DELETE", headers })).status).toBe(204);
  const other = { ...headers, "x-strongroom-ticket": await under.ticket(tab.cookie) };
  expect((await under.fetch(wrong, { method: "DELETE", headers: other })).status).toBe(404);
  expect((await send(tab, mega)).status).toBe(200);
});

test("a program that is named as a table, a path, and an ending that nobody asked for are refused", async () => {
  const { tab } = await openUploader(slotOf("s"), { accept: { extensions: [".csv"], types: [] } });
  const program = `MZ${"\0".repeat(8_000)}`;
  expect((await send(tab, program, { name: "a.csv" })).status).toBe(415);
  const exe = await send(tab, "a,b", { name: "a.exe" });
  expect([exe.status, exe.body]).toEqual([
    415,
    "A file of another type was expected (.csv): its name and its bytes must both fit.\n",
  ]);
  expect((await send(tab, "a,b", { name: "../a.csv" })).status).toBe(400);
  expect((await send(tab, "a,b", { name: "..%2f..%2fa.csv" })).status).toBe(400);
  expect(under.gateway.counts().uploadBytes).toBe(0);
});
