import { readdirSync, readFileSync, readlinkSync, statSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serve, type Server } from "../running/app-server.ts";
import { residentOf, treeOf } from "../running/processes.ts";
import { connectRaw } from "../running/raw-session.ts";

/** How many uploads are cut off: `UPLOAD_ABORTS=10000` for the long form. */
const aborts = Number(process.env["UPLOAD_ABORTS"] ?? 240);
const million = 1_000_000;
const limit = 200 * million;
const marker = Buffer.from("never-on-a-disk ");
const source = fileURLToPath(new URL("../e2e/files-app/", import.meta.url));

let server: Server;
let page: Awaited<ReturnType<typeof openPage>>;
let metrics = "";

beforeAll(async () => {
  server = await serve(source, { config: "[metrics]\nenabled = true\nport = 0\n" });
  metrics = (await server.line(/^metrics (\S+)$/))[1] ?? "";
  page = await openPage();
});
afterAll(async () => {
  page.socket.close();
  await server[Symbol.asyncDispose]();
});

/** A page that stands in a tab, and the places on it that take files. */
async function openPage() {
  const { socket, boot, cookie } = await connectRaw(server.url);
  const tree = boot.messages.at(-1)?.tree ?? 0;
  socket.send(JSON.stringify({ t: "resume", protocol: boot.protocol, session: boot.session, tree }));
  const nodes = boot.messages.flatMap(({ nodes: listed }) => listed ?? []);
  const slots = nodes.flatMap(([, , kind, props]) =>
    kind === "fileUploader" ? [(props as { slot: string }).slot] : [],
  );
  return { socket, cookie, small: slots[0] ?? "", large: slots[1] ?? "" };
}

async function own(method: string, path: string): Promise<Response> {
  const { origin } = new URL(server.url);
  const headers = { cookie: page.cookie, origin, "x-strongroom-ticket": "" };
  if (path !== "ticket") headers["x-strongroom-ticket"] = await ticket();
  return fetch(`${origin}/_strongroom/${path}`, { method, headers });
}

async function ticket(): Promise<string> {
  return ((await (await own("POST", "ticket")).json()) as { ticket: string }).ticket;
}

/** A connection that has sent the head of an upload. */
async function begin(slot: string, name: string, lengths: string): Promise<Socket> {
  const { host, origin, port } = new URL(server.url);
  const fresh = await ticket();
  const socket = connect(Number(port), "127.0.0.1");
  socket.on("error", () => undefined);
  socket.write(
    `PUT /_strongroom/upload/${slot} HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${origin}\r\nCookie: ${page.cookie}\r\n` +
      `X-Strongroom-Ticket: ${fresh}\r\nX-Strongroom-Name: ${name}\r\n${lengths}\r\n\r\n`,
  );
  return socket;
}

/** Pours bytes until so many have left, or nobody takes them any more; answers what was heard. */
async function pour(
  socket: Socket,
  bytes: number,
  isChunked = false,
): Promise<{ sent: number; heard: string }> {
  const content = Buffer.alloc(million, marker);
  const piece = isChunked ? Buffer.concat([Buffer.from("f4240\r\n"), content, Buffer.from("\r\n")]) : content;
  let heard = "";
  let sent = 0;
  socket.on("data", (data) => (heard += data.toString()));
  const ended = new Promise((resolve) => socket.once("close", resolve));
  while (!socket.destroyed && sent < bytes && !heard.includes("\r\n\r\n")) {
    sent += piece.length;
    if (socket.write(piece)) continue;
    await Promise.race([ended, new Promise((resolve) => socket.once("drain", resolve))]);
  }
  if (!socket.destroyed) await expect.poll(() => heard).toContain("\r\n\r\n");
  socket.destroy();
  return { sent, heard };
}

async function uploadBytes(): Promise<number> {
  const text = await (await fetch(metrics)).text();
  return Number(/^strongroom_upload_bytes (\d+)$/m.exec(text)?.[1] ?? Number.NaN);
}

const nothingLeft = (): Promise<void> => expect.poll(uploadBytes).toBe(0) as unknown as Promise<void>;

/** Regular files that a process of the server can write to, but for those of the state folder. */
function writable(): readonly string[] {
  return treeOf(server.pid).flatMap((pid) =>
    entries(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        const flags = /^flags:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/fdinfo/${fd}`, "utf8"))?.[1] ?? "0";
        const path = readlinkSync(`/proc/${pid}/fd/${fd}`);
        const isOurs = path.startsWith(join(server.folder, ".strongroom", "state"));
        const isFile = statSync(`/proc/${pid}/fd/${fd}`).isFile();
        return isFile && !isOurs && (Number.parseInt(flags, 8) & 3) !== 0 ? [path] : [];
      } catch {
        return []; // closed while we looked
      }
    }),
  );
}

function entries(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // ended while we looked
  }
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [join(entry.parentPath, entry.name)] : [],
  );
}

test(
  "uploads that are cut off anywhere leave nothing, in memory or on a disk",
  { timeout: 30_000 + aborts * 60 },
  async () => {
    const before = { files: filesBelow(server.folder).length, writable: writable() };
    const round = async (from: number): Promise<void> => {
      const cuts = Array.from({ length: 8 }, async (_, index) => {
        const after = ((from + index) * 7_919) % 300_000;
        const socket = await begin(page.large, "a.bin", "Content-Length: 300000");
        await new Promise((resolve) => socket.write(Buffer.alloc(after, marker), resolve));
        socket.destroy();
      });
      await Promise.all(cuts);
    };
    let most: readonly string[] = [];
    const warm = Math.min(aborts / 2, 1_000);
    for (let at = 0; at < warm; at += 8) await round(at);
    const resident = residentOf(server.pid);
    for (let at = warm; at < aborts; at += 8) {
      await round(at);
      if (most.length <= before.writable.length) most = writable();
    }
    await nothingLeft();
    const grown = residentOf(server.pid) - resident;
    console.log(`${aborts} uploads cut off: ${Math.round(grown / million)} MB more in memory`);
    expect(grown).toBeLessThan(60 * million);
    expect(most).toEqual(before.writable);
    expect(filesBelow(server.folder).length).toBeLessThanOrEqual(before.files + 2);
    for (const path of filesBelow(server.folder))
      expect(readFileSync(path).includes(marker), path).toBe(false);
    const whole = await pour(await begin(page.large, "a.bin", `Content-Length: ${million}`), million);
    expect(whole.heard).toMatch(/^HTTP\/1\.1 200 /);
  },
);

test("2 GB at a limit of 200 MB are cut at the limit, however they are announced", async () => {
  const resident = residentOf(server.pid);
  const held = await uploadBytes();
  for (const lengths of [
    "Content-Length: 2000000000",
    "Content-Length: 200000001",
    "Transfer-Encoding: chunked",
  ]) {
    const { sent, heard } = await pour(
      await begin(page.large, "a.bin", lengths),
      2_000 * million,
      lengths.endsWith("chunked"),
    );
    expect(heard, lengths).toMatch(/^HTTP\/1\.1 413 /);
    expect(heard).toContain("A body of known length was expected, at most 200,000,000 bytes.");
    expect(sent, lengths).toBeLessThan(limit);
    expect(await uploadBytes()).toBe(held);
  }
  expect(residentOf(server.pid) - resident).toBeLessThan(60 * million);
  const { heard } = await pour(await begin(page.large, "a.bin", `Content-Length: ${limit}`), limit);
  expect(heard).toMatch(/^HTTP\/1\.1 200 /);
  const { file, size } = JSON.parse(/\{.*\}/.exec(heard)?.[0] ?? "{}") as { file: string; size: number };
  expect([size, await uploadBytes()]).toEqual([limit, held + limit]);
  expect((await own("DELETE", `uploaded/${page.large}/${file}`)).status).toBe(204);
  expect(await uploadBytes()).toBe(held);
  await expect.poll(() => residentOf(server.pid) - resident).toBeLessThan(60 * million);
});

test("who sends more than was announced has announced the end of the file", async () => {
  const held = await uploadBytes();
  const { heard } = await pour(
    await begin(page.large, "a.bin", `Content-Length: ${million}`),
    2_000 * million,
  );
  expect(heard).toMatch(/^HTTP\/1\.1 (200|400) /);
  expect(await uploadBytes()).toBeLessThanOrEqual(held + million);
});

test("the limit of a widget holds as well, and says so", async () => {
  const { heard } = await pour(await begin(page.small, "a.csv", "Content-Length: 1000001"), 1);
  expect(heard).toMatch(/^HTTP\/1\.1 413 /);
  expect(heard).toContain("A smaller file was expected, of at most 1,000,000 bytes");
});
