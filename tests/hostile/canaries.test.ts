import {
  readFileSync,
  readdirSync,
  mkdirSync,
  openSync,
  readSync,
  closeSync,
  writeFileSync,
  cpSync,
  mkdtempSync,
  rmSync,
} from "node:fs";
import { request } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { WebSocket } from "ws";
import { startApp } from "../running/app-server.ts";
import { treeOf, workersOf, type Program } from "../running/processes.ts";
import { connectRaw } from "../running/raw-session.ts";
import { canary, leaksIn } from "./canary-search.ts";

const app = fileURLToPath(new URL("leaks", import.meta.url));
const all = Array.from({ length: 100 }, (_, index) => canary(index));
/** By who may have them. */
const forAuthors = all.slice(0, 70);
const forBroker = all.slice(70, 80);
const forGateway = all.slice(80, 90);
const foreign = all.slice(90);

function secretsFile(): string {
  const line = (name: string, value: string): string => `${name} = ${JSON.stringify(value)}\n`;
  const lines = (values: readonly string[], name: string): string =>
    values.map((value, index) => line(`${name}_${index}`, value)).join("");
  return [
    lines(forAuthors.slice(0, 50), "CANARY"),
    `[service]\n${lines(forAuthors.slice(50), "key")}`,
    `[connections.shop]\ntype = "sqlite"\npath = "shop.db"\nseed = "shop.sql"\n`,
    ...forBroker.map((value, index) => connectionOf(value, index)),
    `[auth]\nredirect_uri = "http://localhost:8501/oauth2callback"\n`,
    ...forGateway.map(
      (value, index) =>
        `[auth.provider${index}]\nclient_id = "app"\nserver_metadata_url = "https://id.example.com/.well-known/openid-configuration"\n${line("client_secret", value)}`,
    ),
  ].join("\n");
}

/** A server that is not there, a web service that is not there, a file: whatever it says of itself has the secret in it. */
function connectionOf(secret: string, index: number): string {
  const kinds = [
    `type = "http"\nurl = "http://127.0.0.1:1/api"\ntoken = ${JSON.stringify(secret)}\n`,
    `type = "postgres"\nurl = ${JSON.stringify(`postgres://app:${encodeURIComponent(secret)}@127.0.0.1:1/db`)}\nssl.mode = "off"\n`,
    `type = "mysql"\nhost = "127.0.0.1"\nport = 1\nuser = "app"\npassword = ${JSON.stringify(secret)}\nssl.mode = "off"\n`,
    `type = "custom"\nmodule = "connections/broken.ts"\nsettings.apiKey = ${JSON.stringify(secret)}\n`,
  ];
  return `[connections.canary${index}]\nretries = 0\ntimeout = "2s"\n${kinds[index % kinds.length]}`;
}

/** All that a server of the leaking app has sent, printed and kept. */
class Watched {
  readonly folder = mkdtempSync(join(tmpdir(), "strongroom-canaries-"));
  readonly frames: string[] = [];
  readonly answers: string[] = [];
  readonly printed: string[] = [];
  program: Program | undefined;
  url = "";
  #socket: WebSocket | undefined;
  #n = 0;
  #cookie = "";

  async start(): Promise<void> {
    const { folder } = this;
    cpSync(app, folder, { recursive: true });
    mkdirSync(join(folder, ".strongroom"));
    writeFileSync(
      join(folder, ".strongroom/config.toml"),
      '[access]\nallow = "anyone"\n[runner]\nworkers = 1\n[limits]\neventsPerSecond = 1000\n[metrics]\nenabled = true\nport = 0\n',
    );
    writeFileSync(join(folder, ".strongroom/secrets.toml"), secretsFile(), { mode: 0o600 });
    const quoted = forAuthors.map((text) => `('${text.replaceAll("'", "''")}')`);
    writeFileSync(
      join(folder, "shop.sql"),
      `create table customers (note text);\ninsert into customers values ${quoted.join(",")};\n`,
    );
    const program = (this.program = startApp(join(folder, "app.ts")));
    for (const stream of [program.child.stdout, program.child.stderr])
      stream?.on("data", (chunk: Buffer) => this.printed.push(chunk.toString()));
    this.url = (await program.line(/^ready (http:\S+)$/))[1] ?? "";
  }

  /** An answer, with its head and body as they came. */
  fetch(path: string, headers: Record<string, string> = {}): Promise<string> {
    return new Promise((resolve, reject) => {
      const asked = request(
        new URL(path, this.url),
        { headers: { cookie: this.#cookie, ...headers } },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on("data", (chunk: Buffer) => chunks.push(chunk));
          answer.on("end", () => {
            const text = `${answer.rawHeaders.join("\n")}\n\n${Buffer.concat(chunks).toString()}`;
            this.answers.push(text);
            resolve(text);
          });
        },
      );
      asked.on("error", reject);
      asked.end();
    });
  }

  async open(): Promise<void> {
    const { socket, boot, cookie } = await connectRaw(this.url);
    this.#cookie = cookie;
    this.#socket = socket;
    socket.on("message", (data: Buffer) => this.frames.push(data.toString()));
    const { protocol, session } = boot;
    socket.send(JSON.stringify({ t: "resume", protocol, session, tree: 0 }));
    await this.until(() => this.frames.some((frame) => frame.includes('"done":')));
  }

  /** Does something on the page, and waits for the end of its run. */
  async act(event: object): Promise<void> {
    const n = ++this.#n;
    const from = this.frames.length;
    this.#socket?.send(JSON.stringify({ t: "event", n, tree: 1, ...event }));
    const isOver = (frame: string): boolean => {
      const { done, t } = JSON.parse(frame) as { done?: number; t: string };
      return done === n || t === "refused" || t === "notice";
    };
    await this.until(() => this.frames.slice(from).some(isOver));
  }

  async until(fits: () => boolean): Promise<void> {
    for (let waited = 0; !fits(); waited += 20) {
      if (waited > 20_000) throw new Error(`Waited in vain; last: ${this.frames.at(-1)?.slice(0, 500)}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** What came onto the page, by the last whole tree and by the patches after it. */
  get shownIds(): readonly string[] {
    const last = this.frames.findLastIndex((frame) => frame.startsWith('{"t":"tree"'));
    return this.frames.slice(last).flatMap((frame) => {
      const { nodes = [], ops = [] } = JSON.parse(frame) as { nodes?: [string][]; ops?: [string, string][] };
      return [...nodes.map(([id]) => id), ...ops.flatMap(([op, id]) => (op === "+" ? [id] : []))];
    });
  }
}

const watched = new Watched();
const click = (key: string): Promise<void> => watched.act({ trigger: { id: `button#${key}` } });

beforeAll(async () => {
  await watched.start();
  await watched.fetch("/");
  await watched.open();
});
afterAll(async () => {
  await watched.program?.[Symbol.asyncDispose]();
  rmSync(watched.folder, { recursive: true, force: true });
});

test("the search finds every form that it looks for", async () => {
  const { forms } = await import("./leaks/forms.ts");
  for (const secret of all)
    for (const form of forms(secret))
      expect([secret, form, leaksIn(`x ${form} y`, [secret]).length]).toEqual([secret, form, 1]);
  expect(leaksIn("nothing of them", all)).toEqual([]);
});

describe("no secret leaves the server", () => {
  test("with a page that writes all of them in all forms", async () => {
    expect(watched.answers[0]).toContain("•••");
    const text = watched.frames.join("\n");
    expect(text).toContain("Written: •••");
    expect(leaksIn(text, all)).toEqual([]);
    expect(leaksIn(watched.answers.join("\n"), all)).toEqual([]);
  });

  test("by handle: tables, pictures", async () => {
    const handles = new Set(watched.frames.join("\n").match(/(?<="handle":")[\w-]{43}/g));
    expect(handles.size).toBeGreaterThan(1);
    const bodies = [];
    for (const handle of handles)
      bodies.push(await watched.fetch(`/_strongroom/bytes/${handle}`, { "sec-fetch-site": "same-origin" }));
    expect(bodies.some((body) => body.includes("•••"))).toBe(true);
    expect(leaksIn(bodies.join("\n"), all)).toEqual([]);
  });

  test.each([
    "stream",
    "throw",
    "throwText",
    "reject",
    "query",
    "unknown",
    "connections",
    "missing",
    "large",
    "go",
  ])("when it is asked to: %s", async (key) => {
    // The page whole again: what was thrown before has left buttons out.
    await watched.act({ values: { "textInput#echo": key } });
    const from = watched.frames.length;
    await click(key);
    const said = watched.frames.slice(from).join("\n");
    if (key === "stream") expect(said).toContain("Streamed •••");
    if (key === "throw") expect(said).toContain("thrown •••");
    if (key === "query") expect(said).toContain("dataframe");
    expect(leaksIn(said, all)).toEqual([]);
    if (key === "go") await watched.act({ page: "" });
  });

  test("when a viewer types one: it is not shown again, and the page goes on", async () => {
    const from = watched.frames.length;
    await watched.act({ values: { "textInput#echo": forAuthors[0] } });
    expect(watched.frames.slice(from).join("\n")).toContain("You typed •••");
    expect(leaksIn(watched.frames.slice(from).join("\n"), all)).toEqual([]);
  });

  test("under the name of a widget, which answers all the same", async () => {
    const id = watched.shownIds.find((one) => one.startsWith("button:Named"));
    expect(id).toMatch(/^button:Named •••~[0-9a-f]{16}$/);
    const from = watched.frames.length;
    await watched.act({ trigger: { id } });
    expect(watched.frames.slice(from).join("\n")).toContain("was pressed");
  });

  test("in answers to requests that bring some along, or that nobody can read", async () => {
    for (const secret of foreign) {
      const inUrl = encodeURIComponent(secret);
      const head = {
        authorization: `Bearer ${inUrl}`,
        cookie: `strongroom-tab=${inUrl}; x=${inUrl}`,
        "x-key": inUrl,
      };
      for (const path of [`/none/${inUrl}`, `/_strongroom/bytes/${inUrl}`, `/healthz?token=${inUrl}`])
        await watched.fetch(path, head);
      await unreadable(
        Number(new URL(watched.url).port),
        `GET /${inUrl} HTTP/1.1\r\nHost: x\r\nBad Header ${inUrl}\r\n\r\n`,
      );
    }
    expect(leaksIn(watched.answers.join("\n"), all)).toEqual([]);
  });

  test("with the last words of a worker that ends", async () => {
    const from = watched.frames.length;
    watched.act({ trigger: { id: "button#exit" } }).catch(() => undefined);
    await watched.until(() => watched.printed.join("").includes("a worker ended by itself"));
    await watched.until(() => watched.frames.slice(from).some((frame) => frame.includes('"resumed"')));
    expect(leaksIn(watched.frames.slice(from).join("\n"), all)).toEqual([]);
  });

  test("in its numbers", async () => {
    const said = /^metrics (http:\S+)$/m.exec(watched.printed.join(""))?.[1] ?? "";
    const numbers = await (await fetch(said)).text();
    expect(numbers).toContain("strongroom_");
    expect(leaksIn(numbers, all)).toEqual([]);
  });

  test("in what the server has printed", async () => {
    const text = watched.printed.join("");
    const expected = ["printed •••", "thrown •••", "rejected •••", "last words •••"];
    expect(expected.filter((part) => !text.includes(part))).toEqual([]);
    expect(leaksIn(text, all)).toEqual([]);
  });
});

describe.runIf(process.platform === "linux")("no process or file has what it should not", () => {
  test("a worker's memory has the author's secrets, and none of [auth] and [connections]", () => {
    const pid = watched.program?.pid ?? 0;
    const workers = workersOf(pid);
    expect(workers.length).toBeGreaterThan(0);
    for (const worker of workers) {
      const wanted = [forAuthors[1] ?? "", ...forGateway, ...forBroker];
      const found = inMemory(worker, wanted);
      // Without it, the search would prove nothing.
      expect(found).toContain(forAuthors[1]);
      expect(found.filter((one) => one !== forAuthors[1])).toEqual([]);
    }
  });

  test("the gateway's memory has none of [connections], whose secrets the broker alone reads", () => {
    const found = inMemory(watched.program?.pid ?? 0, [forAuthors[1] ?? "", ...forBroker]);
    expect(found).toEqual([forAuthors[1]]);
  });

  test("the compiler's memory has none at all", () => {
    const compilers = treeOf(watched.program?.pid ?? 0).filter((pid) =>
      readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("compile-main.js"),
    );
    expect(compilers).toHaveLength(1);
    for (const pid of compilers) expect(inMemory(pid, all)).toEqual([]);
  });

  test("no process has one in its environment or command line", () => {
    for (const pid of treeOf(watched.program?.pid ?? 0))
      for (const name of ["environ", "cmdline"])
        expect(leaksIn(readFileSync(`/proc/${pid}/${name}`, "latin1"), all)).toEqual([]);
  });

  test("what is kept on disk is not in the clear", () => {
    const state = join(watched.folder, ".strongroom", "state");
    const kept = readdirSync(state, { recursive: true }).map(String);
    for (const room of ["audit/", "cache/", "sessions"])
      expect(kept.filter((path) => path.startsWith(room)).length, room).toBeGreaterThan(0);
    for (const entry of readdirSync(state, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const text = readFileSync(join(entry.parentPath, entry.name), "latin1");
      expect([entry.name, leaksIn(text, all)]).toEqual([entry.name, []]);
    }
  });
});

/** Sends what is no request; answers when the connection is closed. */
function unreadable(port: number, text: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(text));
    socket.on("data", (chunk: Buffer) => watched.answers.push(chunk.toString()));
    socket.on("close", () => resolve());
    socket.on("error", () => resolve());
  });
}

/** Which of the texts stand in a process's memory, in one byte a character or in two. */
function inMemory(pid: number, texts: readonly string[]): readonly string[] {
  const needles = texts.flatMap((text) =>
    [Buffer.from(text), Buffer.from(text, "utf16le")].map((bytes) => ({ text, bytes })),
  );
  const found = new Set<string>();
  const memory = openSync(`/proc/${pid}/mem`, "r");
  const chunk = Buffer.alloc(4 * 1024 * 1024);
  try {
    for (const [from, to] of writableRegions(pid)) {
      for (let at = from; at < to; at += chunk.length - 4_096) {
        const length = readAt(memory, chunk, at, Math.min(chunk.length, to - at));
        const bytes = chunk.subarray(0, length);
        for (const needle of needles)
          if (!found.has(needle.text) && bytes.includes(needle.bytes)) found.add(needle.text);
      }
    }
  } finally {
    closeSync(memory);
  }
  return [...found];
}

function readAt(file: number, into: Buffer, at: number, length: number): number {
  try {
    return readSync(file, into, 0, length, at);
  } catch {
    return 0; // reserved, and never used
  }
}

function writableRegions(pid: number): readonly (readonly [number, number])[] {
  return readFileSync(`/proc/${pid}/maps`, "utf8")
    .split("\n")
    .flatMap((line) => {
      const [, from, to] = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line) ?? [];
      return from === undefined || to === undefined
        ? []
        : [[Number.parseInt(from, 16), Number.parseInt(to, 16)] as const];
    });
}
