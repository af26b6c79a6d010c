import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { FrameReader } from "../wire/frames.ts";
import {
  fromWorker,
  readWorkerFrame,
  toWorker,
  writeWorkerFrame,
  type NewWorkerFrame,
  type WorkerFrame,
} from "../wire/worker-frames.ts";
import { encode } from "./codec.ts";

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const text = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

/** What the compiler would write. */
const app = `
import { st } from ${JSON.stringify(new URL("../st.ts", import.meta.url).href)};
const forgotten = () => Promise.reject(new Error("nobody awaits me"));
export default { pages: [{ path: "", title: "App", icon: "", run: async () => {
  const level = st.slider("Level", { minValue: 0, maxValue: 10, key: "level" });
  st.sessionState.runs = (st.sessionState.runs ?? 0) + 1;
  st.text("level " + level + " run " + st.sessionState.runs);
  if (level === 5) void forgotten();
  if (level === 6) st.text("rows " + JSON.stringify(await st.connection("shop").query\`select \${level}\`));
  if (level === 7) for (;;);
  if (level === 8) st.image(Uint8Array.from(Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64")), { alt: "" });
} }] };`;

/** A worker's process, and the gateway's side of its socket. */
class Process {
  readonly child: ChildProcess;
  readonly #socket: Socket;
  readonly #reader = new FrameReader();
  readonly frames: WorkerFrame[] = [];
  readonly #folder: string;
  #wake: () => void = () => undefined;

  constructor() {
    this.#folder = mkdtempSync(join(tmpdir(), "strongroom-worker-"));
    writeFileSync(this.appFile, app);
    const status = openSync(this.statusFile, "w+");
    const stdio = ["ignore", "inherit", "inherit", "pipe", status] as const;
    this.child = spawn(process.execPath, [source("worker-main.ts")], { stdio: [...stdio], env: {} });
    closeSync(status);
    // The fourth pipe of a child is a socket.
    this.#socket = this.child.stdio[3] as Socket;
    this.#socket.on("data", (chunk: Buffer) => {
      this.#reader.push(chunk);
      for (let payload = this.#reader.next(); payload !== undefined; payload = this.#reader.next())
        this.frames.push(readWorkerFrame(payload));
      this.#wake();
    });
  }

  get appFile(): string {
    return join(this.#folder, "app.mjs");
  }

  get statusFile(): string {
    return join(this.#folder, "status");
  }

  send(frame: NewWorkerFrame): void {
    this.#socket.write(writeWorkerFrame(frame));
  }

  /** The frames that came until one fits; they are then used up. */
  async until(fits: (frame: WorkerFrame) => boolean): Promise<WorkerFrame[]> {
    for (;;) {
      const index = this.frames.findIndex(fits);
      if (index >= 0) return this.frames.splice(0, index + 1);
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  async setUp(stamps: readonly string[] = []): Promise<void> {
    await this.until(({ kind, n }) => kind === fromWorker.ready && n === 0);
    const options = {
      appFolder: this.#folder,
      showErrorDetails: "full",
      enforceSerializableSessionState: true,
      maxStateBytes: 1_000_000,
      maxCacheBytes: 1_000_000,
      maxUploadBytes: 1_000_000,
    };
    this.send({
      kind: toWorker.setup,
      parts: [
        text({
          network: "none",
          options,
          secrets: {},
          secretPlaces: [],
          secretStamps: stamps,
          shownSecrets: [],
          environment: true,
        }),
      ],
    });
    this.send({ kind: toWorker.load, parts: [Buffer.from(this.appFile)] });
    await this.until(({ kind, n }) => kind === fromWorker.ready && n === 1);
  }

  open(session: number, core: Buffer, state: Buffer): void {
    this.send({
      kind: toWorker.open,
      session,
      parts: [text({ page: "", query: "", viewer: "", user: { isLoggedIn: false } }), core, state],
    });
  }

  event(session: number, n: number, level: unknown): void {
    this.send({
      kind: toWorker.event,
      session,
      parts: [text({ t: "event", n, tree: 1, values: { "slider#level": level } })],
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const exit = once(this.child, "exit");
    this.child.kill("SIGKILL");
    await exit;
    rmSync(this.#folder, { recursive: true });
  }
}

const kinds = (frames: readonly WorkerFrame[]): string[] =>
  frames.map(({ kind }) => Object.entries(fromWorker).find(([, number]) => number === kind)?.[0] ?? "");
const shown = (frames: readonly WorkerFrame[]): string =>
  frames
    .filter(({ kind }) => kind === fromWorker.text)
    .map(({ parts }) => parts[0]?.toString() ?? "")
    .join("\n");
const isCommit = ({ kind }: WorkerFrame): boolean => kind === fromWorker.commit;
const isTaken = ({ kind }: WorkerFrame): boolean => kind === fromWorker.taken;

describe("a worker's process", () => {
  let worker: Process;
  let last = 0;
  beforeAll(async () => {
    worker = new Process();
    await worker.setUp();
  });
  afterAll(async () => {
    await worker[Symbol.asyncDispose]();
  });
  const open = async (
    core: Buffer = Buffer.alloc(0),
    state: Buffer = Buffer.alloc(0),
  ): Promise<{ session: number; frames: WorkerFrame[] }> => {
    const session = ++last;
    worker.open(session, core, state);
    return { session, frames: await worker.until((frame) => isCommit(frame) && frame.session === session) };
  };

  test("answers first, then says what to keep", async () => {
    const { session, frames } = await open();
    expect(shown(frames)).toContain("level 0 run 1");
    worker.event(session, 1, 3);
    const answer = await worker.until(isCommit);
    expect(kinds(answer).filter((kind) => kind !== "taken")).toEqual(["text", "commit"]);
    const [message, commit] = answer.filter((frame) => !isTaken(frame));
    expect([message?.n, commit?.n, commit?.session]).toEqual([2, 1, session]);
    expect(shown(answer)).toContain("level 3 run 2");
  });

  test("says when it can take the next event, also for a session that has gone", async () => {
    worker.frames.length = 0;
    worker.event(999, 1, 3);
    expect(await worker.until(isTaken)).toMatchObject([{ session: 999 }]);
  });

  test("goes on from what another has kept", async () => {
    const { session } = await open();
    worker.event(session, 1, 4);
    const commit = (await worker.until(isCommit)).at(-1);
    const { frames } = await open(commit?.parts[0], commit?.parts[1]);
    expect(shown(frames)).toContain("level 4 run 3");
  });

  test("begins anew from a dump that it cannot read, and says so to the log", async () => {
    const { frames } = await open(encode({ v: 99 }));
    expect(shown(frames)).toContain("level 0 run 1");
    expect(kinds(frames)).toContain("log");
  });

  test("refuses a forged event without running", async () => {
    const { session } = await open();
    worker.event(session, 1, 11);
    const frames = await worker.until(isCommit);
    expect(shown(frames)).toBe('{"t":"refused","n":1,"code":"invalid-value","at":"slider#level"}');
  });

  test("survives a promise that its author forgot", async () => {
    const { session } = await open();
    worker.event(session, 1, 5);
    const frames = await worker.until(({ kind }) => kind === fromWorker.log);
    expect(frames.at(-1)?.parts[0]?.toString()).toContain("nobody awaits me");
    worker.event(session, 2, 1);
    expect(shown(await worker.until(isCommit))).toContain("level 1 run");
  });

  test("asks the broker by way of the gateway, and goes on with the answer", async () => {
    const { session } = await open();
    worker.event(session, 1, 6);
    const asked = (await worker.until(({ kind }) => kind === fromWorker.query)).at(-1);
    expect(JSON.parse(asked?.parts[0]?.toString() ?? "")).toMatchObject({
      connection: "shop",
      texts: ["select ", ""],
      values: [6],
    });
    const parts = [{ columns: [{ name: "n", type: "integer" }] }, { chunk: [[6]] }, { end: true }];
    for (const part of parts)
      worker.send({ kind: toWorker.answer, session, n: asked?.n ?? 0, parts: [text({ ok: true, ...part })] });
    expect(shown(await worker.until(isCommit))).toContain('rows [{\\"n\\":6}]');
  });

  test("hands bytes over once, and releases them when two runs in a row do not show them", async () => {
    const { session } = await open();
    worker.event(session, 1, 8);
    const frames = await worker.until(isCommit);
    const head = JSON.parse(
      frames.find(({ kind }) => kind === fromWorker.bytes)?.parts[0]?.toString() ?? "{}",
    ) as { handle: string; mime: string };
    expect(head).toEqual({ handle: expect.stringMatching(/^[\w-]{43}$/), mime: "image/png" });
    expect(shown(frames)).toContain(head.handle);
    worker.event(session, 2, 1);
    expect(kinds(await worker.until(isCommit))).not.toContain("release");
    worker.event(session, 3, 2);
    const released = await worker.until(({ kind }) => kind === fromWorker.release);
    expect(released.at(-1)?.parts[0]?.toString()).toBe(JSON.stringify([head.handle]));
  });

  test("sends the whole page again when asked", async () => {
    const { session } = await open();
    worker.send({ kind: toWorker.resend, session });
    const frames = await worker.until(({ kind }) => kind === fromWorker.text);
    expect(shown(frames)).toMatch(/^\{"t":"tree","tree":2,/);
  });

  test("sends the whole page again and then runs it when that is asked", async () => {
    const { session } = await open();
    worker.send({ kind: toWorker.resend, session });
    worker.send({ kind: toWorker.rerun, session });
    const frames = await worker.until(isCommit);
    expect(kinds(frames).filter((kind) => kind !== "taken")).toEqual(["text", "text", "commit"]);
    expect(shown(frames)).toMatch(/^\{"t":"tree","tree":2,/);
  });

  test("that is blocked has said for whom it runs where that can be read", async () => {
    const { session } = await open();
    const before = readFileSync(worker.statusFile).readUInt32BE(4);
    worker.event(session, 1, 7);
    await expect.poll(() => readFileSync(worker.statusFile).readUInt32BE(4)).toBe(before + 1);
    expect(readFileSync(worker.statusFile).readUInt32BE(0)).toBe(session);
  });
});
