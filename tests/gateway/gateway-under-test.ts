import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { WebSocket } from "ws";
import { startGateway, type Gateway } from "../../packages/strongroom/src/gateway/gateway.ts";
import { createLog } from "../../packages/strongroom/src/gateway/log.ts";
import { gatewayDefaults, type GatewayOptions } from "../../packages/strongroom/src/gateway/options.ts";
import { memoryStore } from "../../packages/strongroom/src/gateway/store/memory-store.ts";
import type { Store } from "../../packages/strongroom/src/gateway/store/store.ts";
import type { Boot } from "../../packages/strongroom/src/wire/boot.ts";
import type { DownMessage } from "../../packages/strongroom/src/wire/messages.ts";
import { leftTab } from "../../packages/strongroom/src/wire/page-cookies.ts";
import { FakePool } from "./fake-pool.ts";

const renderModule = `export const renderPage = async ({ boot, nonce }) =>
  '<!doctype html><style nonce="' + nonce + '"></style><script type="application/json" id="strongroom-boot">' +
  JSON.stringify(boot).replaceAll("<", "\\\\u003c") + "</script>";`;
export const firstScript = "first();";
export const assetText = "console.log('asset');".repeat(100);

/** A build of the browser's side that shows nothing. */
function makeBuild(): string {
  const folder = mkdtempSync(join(tmpdir(), "strongroom-build-"));
  mkdirSync(join(folder, "assets"));
  const entry = "assets/main-ABCD1234.js";
  const files = {
    [entry]: { bytes: assetText.length, gzip: 50 },
    "assets/main-ABCD1234.css": { bytes: 10, gzip: 10 },
  };
  writeFileSync(join(folder, entry), assetText);
  writeFileSync(join(folder, "assets/main-ABCD1234.css"), "a{color:red}");
  for (const name of ["secret.txt", "left-over.js"])
    writeFileSync(join(folder, "assets", name), "not in the manifest");
  writeFileSync(
    join(folder, "manifest.json"),
    JSON.stringify({ entry, entryChunks: [], beside: entry, css: [], firstScript, views: {}, files }),
  );
  writeFileSync(join(folder, "render.js"), renderModule);
  return folder;
}

/** The cookie that a page which is left at an address writes, on its way to the next document. */
export function leavingCookie(session: string, address: string): string {
  const { pathname, searchParams } = new URL(address, "http://app");
  return `strongroom-tab=${leftTab(session, { page: pathname.slice(1), query: searchParams.toString() })}`;
}

export interface Page {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Of a page that was shown. */
  readonly boot: Boot;
  /** As the browser sends it from here on. */
  readonly cookie: string;
}

export class GatewayUnderTest {
  readonly pool = new FakePool();
  readonly lines: string[] = [];
  readonly store: Store;
  readonly #build = makeBuild();
  readonly #tabs = new Set<TestTab>();
  #gateway: Gateway | undefined;

  constructor(store: Store = memoryStore()) {
    this.store = store;
  }

  static async start(options: Partial<GatewayOptions> = {}): Promise<GatewayUnderTest> {
    const under = new GatewayUnderTest(options.store);
    await under.start(options);
    return under;
  }

  async start(options: Partial<GatewayOptions> = {}): Promise<void> {
    const log = createLog("debug", { write: (line) => void this.lines.push(line) });
    const browserFolder = pathToFileURL(`${this.#build}/`);
    const limits = { ...gatewayDefaults.limits, newSessionsPerSecond: 10_000, ...options.limits };
    const { store, pool } = this;
    this.#gateway = await startGateway({
      port: 0,
      drainSeconds: 1,
      browserFolder,
      ...options,
      log,
      pool,
      store,
      limits,
    });
  }

  get gateway(): Gateway {
    if (this.#gateway === undefined) throw new Error("The gateway was not started.");
    return this.#gateway;
  }

  get host(): string {
    return `127.0.0.1:${this.gateway.port}`;
  }

  /** One request, exactly as given. */
  fetch(
    path: string,
    options: { method?: string; headers?: Record<string, string | string[]>; body?: string } = {},
  ): Promise<Page> {
    return new Promise((resolve, reject) => {
      const { method = "GET", headers = {}, body } = options;
      const asked = httpRequest(
        { host: "127.0.0.1", port: this.gateway.port, path, method, headers, agent: false },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on("data", (chunk: Buffer) => chunks.push(chunk));
          answer.on("error", reject);
          answer.on("end", () => {
            const text = Buffer.concat(chunks).toString("latin1");
            const cookies = (answer.headers["set-cookie"] ?? []).map((line) => line.split(";")[0] ?? "");
            resolve({
              status: answer.statusCode ?? 0,
              headers: answer.headers,
              body: text,
              boot: bootIn(text),
              cookie: cookies[0] ?? "",
            });
          });
        },
      );
      asked.on("error", reject);
      asked.end(body);
    });
  }

  /** Opens a page as a browser does, and takes its session up on a socket. */
  async open(path = "/", headers: Record<string, string> = {}): Promise<TestTab> {
    const page = await this.fetch(path, { headers });
    if (page.status !== 200) throw new Error(`The page answered ${page.status}: ${page.body}`);
    const tab = new TestTab(
      this,
      page.boot,
      headers["cookie"] === undefined ? page.cookie : (headers["cookie"].split(";")[0] ?? ""),
    );
    this.#tabs.add(tab);
    await tab.connect(page.boot.ticket);
    await tab.resume(page.boot.messages.at(-1)?.tree ?? 0);
    return tab;
  }

  /** A tab of a page that was fetched; its socket is still to be opened. */
  tab({ boot, cookie }: Pick<Page, "boot" | "cookie">): TestTab {
    const tab = new TestTab(this, boot, cookie);
    this.#tabs.add(tab);
    return tab;
  }

  /** The tab of another gateway, which this one has taken the place of. */
  adopt(tab: TestTab): TestTab {
    return this.tab(tab);
  }

  async ticket(cookie: string): Promise<string> {
    const headers = { cookie, origin: `http://${this.host}`, "sec-fetch-site": "same-origin" };
    const { body } = await this.fetch("/_strongroom/ticket", { method: "POST", headers });
    return (JSON.parse(body) as { ticket: string }).ticket;
  }

  /** Stops it as a kill would: nothing is drained. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const tab of this.#tabs) tab.cut();
    await this.gateway.stop();
    rmSync(this.#build, { recursive: true, force: true });
  }
}

/** A gateway, as far as a tab must know it. */
export type Reachable = Pick<GatewayUnderTest, "host" | "ticket">;

export function bootIn(html: string): Boot {
  const text = /id="strongroom-boot">(.*?)<\/script>/.exec(html)?.[1];
  return (text === undefined ? {} : JSON.parse(text)) as Boot;
}

/** A browser's tab, as far as the gateway can tell. */
export class TestTab {
  readonly boot: Boot;
  readonly cookie: string;
  readonly #under: Reachable;
  #socket: WebSocket | undefined;
  readonly heard: DownMessage[] = [];
  closeCode: number | undefined;
  /** When it was closed, by `performance.now()`. */
  closedAt: number | undefined;
  #waiting: (() => void)[] = [];
  #n = 0;

  constructor(under: Reachable, boot: Boot, cookie: string) {
    this.#under = under;
    this.boot = boot;
    this.cookie = cookie;
  }

  async connect(ticket: string, headers: Record<string, string> = {}): Promise<void> {
    const { host } = this.#under;
    const all = { cookie: this.cookie, origin: `http://${host}`, ...headers };
    const socket = new WebSocket(`ws://${host}/_strongroom/socket?ticket=${ticket}`, {
      headers: all,
      perMessageDeflate: false,
    });
    this.#socket = socket;
    this.closeCode = undefined;
    socket.on("message", (data: Buffer) => {
      this.heard.push(JSON.parse(data.toString()) as DownMessage);
      this.#wake();
    });
    socket.on("close", (code) => {
      this.closeCode = code;
      this.closedAt = performance.now();
      this.#wake();
    });
    await new Promise((resolve, reject) => {
      socket.once("open", resolve);
      socket.once("error", reject);
    });
    socket.on("error", () => undefined);
  }

  async reconnect(tree: number, session: string = this.boot.session): Promise<void> {
    await this.connect(await this.#under.ticket(this.cookie));
    await this.resume(tree, session);
  }

  /** Takes the session up and waits for the answer to that. */
  async resume(tree: number, session: string = this.boot.session): Promise<DownMessage> {
    const before = this.heard.length;
    this.raw(JSON.stringify({ t: "resume", protocol: 1, session, tree }));
    await this.until(() => this.heard.length > before || this.closeCode !== undefined);
    return this.heard[before] as DownMessage;
  }

  raw(data: string | Buffer): void {
    this.#socket?.send(data);
  }

  /** Sends an event with the next number, or with a number that is given. */
  send(event: object, n: number = ++this.#n): number {
    this.raw(JSON.stringify({ t: "event", n, tree: this.tree, ...event }));
    return n;
  }

  get tree(): number {
    const trees = this.heard.flatMap((message) => ("tree" in message ? [message.tree] : []));
    return trees.at(-1) ?? this.boot.messages.at(-1)?.tree ?? 0;
  }

  /** The first message of that kind since `from`, waited for. */
  async hear<K extends DownMessage["t"]>(
    kind: K,
    fits: (message: Extract<DownMessage, { t: K }>) => boolean = () => true,
  ): Promise<Extract<DownMessage, { t: K }>> {
    const find = () =>
      this.heard.find(
        (message): message is Extract<DownMessage, { t: K }> => message.t === kind && fits(message as never),
      );
    await this.until(() => find() !== undefined);
    return find() as Extract<DownMessage, { t: K }>;
  }

  async until(fits: () => boolean): Promise<void> {
    const end = Date.now() + 60_000;
    while (!fits()) {
      if (Date.now() > end)
        throw new Error(
          `Waited in vain; heard ${JSON.stringify(this.heard).slice(-2_000)}, closed ${this.closeCode}`,
        );
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 50);
        this.#waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  cut(): void {
    this.#socket?.terminate();
  }

  pause(): void {
    this.#socket?.pause();
  }

  /** Says that it closes, and does not hear the answer: its end is long in coming. */
  closeSlowly(): void {
    this.#socket?.pause();
    this.#socket?.close();
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }
}
