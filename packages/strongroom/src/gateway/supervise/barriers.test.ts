import { randomBytes } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { testPool } from "../../../../../tests/running/pool-session.ts";
import { workersOf } from "../../../../../tests/running/processes.ts";

const hasBubblewrap = existsSync("/usr/bin/bwrap");
const kinds = hasBubblewrap ? (["auto", "none"] as const) : (["none"] as const);

/** Each attempt answers what came of it; the page shows all. */
const attempts = `import { st } from "strongroom";
import * as fs from "node:fs";
import * as process from "node:process";
const outcomes: Record<string, string> = {};
async function attempt(name: string, body: () => unknown): Promise<void> {
  try {
    const result = await body();
    outcomes[name] = "did: " + String(result).slice(0, 40);
  } catch (error) {
    outcomes[name] = "refused: " + String((error as { code?: string }).code ?? (error as Error).name);
  }
}
const { outside, port, folder } = JSON.parse(fs.readFileSync("given.json", "utf8"));
await attempt("read own", () => fs.readFileSync("given.json"));
await attempt("read outside", () => fs.readFileSync(outside));
await attempt("list outside", () => fs.readdirSync("/etc"));
await attempt("stat outside", () => fs.statSync(outside));
await attempt("dots", () => fs.readFileSync(folder + "/../../etc/passwd"));
await attempt("secrets file", () => fs.readFileSync(".strongroom/secrets.toml"));
await attempt("key", () => fs.readFileSync(".strongroom/state/key"));
await attempt("environ", () => fs.readFileSync("/proc/self/environ"));
await attempt("parent environ", () => fs.readFileSync("/proc/" + process.ppid + "/environ"));
await attempt("write app", () => fs.writeFileSync("written.txt", "x"));
await attempt("write outside", () => fs.writeFileSync("/tmp/../written.txt", "x"));
await attempt("symlink", () => fs.symlinkSync(outside, process.env["TMPDIR"] + "/link"));
await attempt("scratch", () => fs.writeFileSync(process.env["TMPDIR"] + "/ok.txt", "x"));
await attempt("spawn", async () => (await import("node:child_process")).execFileSync("/bin/ls"));
await attempt("thread", async () => new (await import("node:worker_threads")).Worker("1", { eval: true }));
await attempt("inspector", async () => (await import("node:inspector")).open(0));
await attempt("sqlite", async () => import("node:sqlite" as string));
await attempt("wasi", async () => new (await import("node:wasi")).WASI({ version: "preview1", preopens: { "/": "/" } }));
await attempt("binding", () => (process as unknown as { binding(name: string): unknown }).binding("spawn_sync"));
await attempt("addon", () => (process as unknown as { dlopen(module: object, file: string): void }).dlopen({ exports: {} }, "/lib/x.node"));
await attempt("eval", () => (0, eval)("1"));
await attempt("Function", () => new Function("return 1")());
await attempt("proto", () => {
  if ("__proto__" in {}) return "there";
  throw new RangeError("It is not there.");
});
await attempt("tcp", () => fetch("http://127.0.0.1:" + port));
st.text(JSON.stringify(outcomes));
`;

const expected: Readonly<Record<string, RegExp>> = {
  "read own": /^did/,
  scratch: /^did/,
};

test.each(kinds)("what an app's code may not do is refused: sandbox %s", async (sandbox) => {
  const server = createServer((socket) => socket.end("HTTP/1.1 200 OK\r\n\r\n")).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const files = {
    "app.ts": 'import { st } from "strongroom";\nst.text("waits");\n',
    ".strongroom/secrets.toml": 'A = "canary"\n',
    ".strongroom/state/key": "canary",
  };
  await using app = await testPool(files, { editing: true, runner: { sandbox } });
  const given = { outside: "/etc/passwd", folder: app.folder, port };
  app.save({ "given.json": JSON.stringify(given), "app.ts": attempts });
  const session = await app.open();
  await session.shows("read own");
  server.close();
  const outcomes = outcomesIn(session.said.find((message) => message.includes("read own")) ?? "");
  expect(Object.keys(outcomes).length).toBeGreaterThan(20);
  for (const [name, outcome] of Object.entries(outcomes))
    expect(`${name}: ${outcome}`).toMatch(expected[name] === undefined ? /: refused/ : /: did/);
});

/** The only text of the page, read as JSON. */
function outcomesIn(message: string): Readonly<Record<string, string>> {
  const { nodes } = JSON.parse(message) as {
    nodes: readonly (readonly [string, string, string, { text?: string }])[];
  };
  const text = nodes.find(([, , kind]) => kind === "text")?.[3].text ?? "{}";
  return JSON.parse(text) as Record<string, string>;
}

test.skipIf(!hasBubblewrap)("a cell holds the app and nothing else", async () => {
  await using app = await testPool({ "app.ts": 'import { st } from "strongroom";\nst.text("ok");\n' });
  await app.open();
  expect(app.pool.sandbox).toMatch(/^bubblewrap/);
  for (const pid of workersOf(process.pid)) {
    const root = `/proc/${pid}/root`;
    for (const name of ["etc", "home", "root", "bin", "var", "sys"])
      expect(readdirSync(root)).not.toContain(name);
    expect(readdirSync(`${root}/usr/bin`)).toEqual(["setpriv"]);
    expect(existsSync(`${root}${app.folder}/.strongroom/state/key`)).toBe(false);
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    expect(status).toMatch(/^NoNewPrivs:\s*1$/m);
    for (const set of ["CapEff", "CapPrm", "CapBnd", "CapAmb"])
      expect(status).toMatch(new RegExp(`^${set}:\\s*0+$`, "m"));
    expect(status).not.toMatch(/^Uid:.*\b0\b/m);
    expect(readFileSync(`/proc/${pid}/net/dev`, "utf8").trim().split("\n").length).toBe(3); // two lines of heading, and loopback
    expect(readlinkSync(`/proc/${pid}/ns/pid`)).not.toBe(readlinkSync("/proc/self/ns/pid"));
  }
});

const looksBack = `import { st } from "strongroom";
import { writeHeapSnapshot } from "node:v8";
if (st.button("Snapshot")) writeHeapSnapshot(process.env["TMPDIR"] + "/heap.json");
st.text("own secret: " + String(st.secrets.get("own")));
`;

test.each(kinds)("nothing of the gateway's is in a worker: sandbox %s", async (sandbox) => {
  const canary = (): string => `canary${randomBytes(16).toString("hex")}`;
  const planted = {
    environment: canary(),
    key: canary(),
    connection: canary(),
    file: canary(),
    memory: canary(),
  };
  const own = canary();
  process.env["STRONGROOM_CANARY"] = planted.environment;
  const inMemory = Buffer.from(planted.memory);
  const connections = { shop: { type: "sqlite", path: "data/shop.db", password: planted.connection } };
  const files = {
    "app.ts": looksBack,
    ".strongroom/state/key": planted.key,
    ".strongroom/secrets.toml": planted.file,
  };
  try {
    await using app = await testPool(files, {
      runner: { sandbox, maxMemoryMb: 2_000, maxBlockSeconds: 50 },
      secrets: { own },
      connections,
    });
    const session = await app.open();
    await session.shows(own);
    session.press("Snapshot");
    await session.until(() => session.committed === 1);
    const pids = workersOf(process.pid);
    expect(pids.length).toBeGreaterThan(0);
    const heaps: string[] = [];
    for (const pid of pids) {
      const environment = readFileSync(`/proc/${pid}/environ`, "utf8");
      const commandLine = readFileSync(`/proc/${pid}/cmdline`, "utf8");
      for (const value of [...Object.values(planted), own]) {
        expect(environment).not.toContain(value);
        expect(commandLine).not.toContain(value);
      }
      const names = environment.split("\0").flatMap((entry) => entry.split("=").slice(0, 1));
      expect(names.filter((name) => !["", "TZ", "LANG", "LC_ALL", "TMPDIR", "PWD"].includes(name))).toEqual(
        [],
      );
      expectOnlyOurDescriptors(pid);
      const temporary = /TMPDIR=([^\0]*)/.exec(environment)?.[1] ?? "/tmp";
      const heap = `/proc/${pid}/root${temporary}/heap.json`;
      if (existsSync(heap)) heaps.push(readFileSync(heap, "utf8"));
    }
    expect(heaps.length).toBe(1);
    for (const value of Object.values(planted)) expect(heaps[0]).not.toContain(value);
    expect(heaps[0]).toContain(own);
    expect(inMemory.length).toBeGreaterThan(0);
  } finally {
    delete process.env["STRONGROOM_CANARY"];
  }
});

/** A socket, a status file without a name, pipes and what Node itself opens: no file and no other socket. */
function expectOnlyOurDescriptors(pid: number): void {
  const open = readdirSync(`/proc/${pid}/fd`).map((name) => readlinkSync(`/proc/${pid}/fd/${name}`));
  const files = open.filter((target) => target.startsWith("/") && target !== "/dev/null");
  expect(files.filter((target) => !/strongroom-[0-9a-f]+ \(deleted\)$/.test(target))).toEqual([]);
  expect(files.length).toBe(1);
  expect(open.filter((target) => target.startsWith("socket:")).length).toBe(3); // output and error output are socket pairs, too
}

const forger = `import { st } from "strongroom";
import { writeSync } from "node:fs";
function send(kind: number, session: number, text: string): void {
  const part = Buffer.from(text);
  const frame = Buffer.alloc(4 + 1 + 13 + 4 + part.length);
  frame.writeUInt32BE(frame.length - 4, 0);
  frame[4] = 1;
  frame[5] = kind;
  frame.writeUInt32BE(session, 6);
  frame.writeUInt32BE(part.length, 18);
  part.copy(frame, 22);
  writeSync(3, frame);
}
if (st.button("Stranger")) send(1, 4711, JSON.stringify({ t: "tree", tree: 9, nodes: [] }));
if (st.button("Unknown field")) send(1, 1, JSON.stringify({ t: "patch", tree: 9, ops: [], evil: 1 }));
if (st.button("Kind")) send(99, 1, "");
if (st.button("Length")) writeSync(3, Buffer.from([255, 255, 255, 255]));
if (st.button("Taken")) send(7, 4711, "");
if (st.button("Loaded again")) send(0, 0, JSON.stringify({ ok: true, pages: [] }));
if (st.button("Handle")) send(3, 1, JSON.stringify({ handle: "../../etc", mime: "text/html" }));
if (st.button("Question")) send(4, 1, JSON.stringify({ connection: "__proto__", texts: [] }));
st.text("still here");
`;

test.each(["Stranger", "Unknown field", "Kind", "Length", "Taken", "Loaded again", "Handle", "Question"])(
  "a worker that says what none of ours would is ended and replaced: %s",
  async (button) => {
    await using app = await testPool({ "app.ts": forger }, { runner: { sandbox: "none" } });
    const [forging, other] = [await app.open(), await app.open()];
    forging.press(button);
    expect(await other.lostOnce()).toMatchObject({ why: "crashed", offender: false });
    await other.shows("still here");
    expect(app.log.join("")).toContain("broke the protocol");
    expect(other.said.join("")).not.toContain("evil");
  },
);

test("a link out of the app's folder stops the start without a sandbox, unless that is chosen", async () => {
  const files = { "app.ts": 'import { st } from "strongroom";\nst.text("ok");\n' };
  await using app = await testPool(files, { runner: { sandbox: "none" } });
  mkdirSync(join(app.folder, "data"));
  symlinkSync("/etc", join(app.folder, "data", "way-out"));
  writeFileSync(join(app.folder, "data", "plain.txt"), "x");
  symlinkSync("plain.txt", join(app.folder, "data", "way-in"));
  const { checkLinks, linksOut } = await import("./links.ts");
  expect(linksOut(app.folder)).toEqual([{ link: join(app.folder, "data", "way-out"), target: "/etc" }]);
  const { pino } = await import("pino");
  const log = pino({ level: "silent" });
  expect(() => checkLinks(app.folder, { isWalled: false, isChosen: false }, log)).toThrow(/way-out.*\/etc/);
  expect(() => checkLinks(app.folder, { isWalled: true, isChosen: false }, log)).not.toThrow();
  expect(() => checkLinks(app.folder, { isWalled: false, isChosen: true }, log)).not.toThrow();
});
