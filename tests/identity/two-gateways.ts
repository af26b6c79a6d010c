import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bootIn, TestTab } from "../gateway/gateway-under-test.ts";
import { start, type Program } from "../running/processes.ts";
import { Visitor, type Answered } from "./browser-without-screen.ts";
import { freePort } from "./free-port.ts";
import type { Told } from "./gateway-process.ts";
import { authSection, TestProvider } from "./provider.ts";

const script = fileURLToPath(new URL("gateway-process.ts", import.meta.url));

/** One of several gateways, reached by the name that all of them have, whatever its port. */
export class OneOfTwo {
  readonly program: Program;
  readonly port: number;
  readonly #name: string;
  readonly #visitor = new Visitor();
  readonly #tabs: TestTab[] = [];

  constructor(program: Program, port: number, name: string) {
    this.program = program;
    this.port = port;
    this.#name = name;
  }

  get host(): string {
    return `127.0.0.1:${this.port}`;
  }

  /** Asks this one; what it gives stays with the browser. */
  async ask(
    browser: Map<string, string>,
    path: string,
    options: { method?: string; headers?: Record<string, string>; body?: string } = {},
  ): Promise<Answered> {
    const cookie = [...browser].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { host: this.#name, ...(cookie === "" ? {} : { cookie }), ...options.headers };
    this.#visitor.jar.clear();
    const answered = await this.#visitor.go(`http://${this.host}${path}`, { ...options, headers });
    const given = this.#visitor.jar.get(this.host);
    for (const line of answered.headers["set-cookie"] ?? []) {
      const name = line.slice(0, line.indexOf("="));
      const value = given?.get(name);
      if (value === undefined) browser.delete(name);
      else browser.set(name, value);
    }
    return answered;
  }

  /** An act of a page of ours. */
  async act(browser: Map<string, string>, path: string, query = {}): Promise<Answered> {
    const own = {
      method: "POST",
      headers: { origin: `http://${this.#name}`, "sec-fetch-site": "same-origin" },
    };
    const asked = await this.ask(browser, "/_strongroom/ticket", own);
    const found =
      asked.status === 200
        ? asked.body
        : (await this.ask(browser, "/")).body.replaceAll("ticket=", '"ticket":"');
    const ticket = /"ticket":"([\w-]{43})/.exec(found)?.[1] ?? "";
    return this.ask(browser, `${path}?${new URLSearchParams({ ticket, ...query })}`, own);
  }

  async ticket(cookie: string): Promise<string> {
    const headers = {
      cookie,
      origin: `http://${this.host}`,
      "sec-fetch-site": "same-origin",
      host: this.host,
    };
    const { body } = await this.ask(new Map(), "/_strongroom/ticket", { method: "POST", headers });
    return (JSON.parse(body) as { ticket: string }).ticket;
  }

  /** Opens a page in a tab. */
  async open(browser: Map<string, string>, path = "/"): Promise<TestTab> {
    const { body, status } = await this.ask(browser, path);
    if (status !== 200) throw new Error(`The page answered ${status}: ${body}`);
    const boot = bootIn(body);
    const cookie = [...browser].map(([name, value]) => `${name}=${value}`).join("; ");
    const tab = new TestTab(this, boot, cookie);
    this.#tabs.push(tab);
    await tab.connect(boot.ticket);
    await tab.resume(boot.messages.at(-1)?.tree ?? 0);
    return tab;
  }

  async isIn(browser: Map<string, string>): Promise<boolean> {
    return (await this.ask(browser, "/_strongroom/logins")).body.includes('"isThis":true');
  }

  async stop(): Promise<void> {
    for (const tab of this.#tabs) tab.cut();
    this.#visitor[Symbol.dispose]();
    await this.program[Symbol.asyncDispose]();
  }
}

/** Two gateways in processes of their own, on one store, with one provider and one public name. */
export class TwoGateways implements AsyncDisposable {
  readonly provider: TestProvider;
  readonly both: readonly [OneOfTwo, OneOfTwo];
  readonly #folder: string;
  readonly #visitors: Visitor[] = [];
  readonly #name: string;

  private constructor(
    provider: TestProvider,
    both: TwoGateways["both"],
    at: { folder: string; name: string },
  ) {
    this.provider = provider;
    this.both = both;
    this.#folder = at.folder;
    this.#name = at.name;
  }

  static async start(
    given: Partial<Pick<Told, "allow" | "recheckSeconds">> & {
      readonly provider?: Partial<Parameters<typeof TestProvider.start>[0]>;
    } = {},
  ): Promise<TwoGateways> {
    const folder = mkdtempSync(join(tmpdir(), "strongroom-two-"));
    const ports = [await freePort(), await freePort()] as const;
    const name = `127.0.0.1:${await freePort()}`;
    const origins = [`http://${name}`];
    const redirectUri = `http://${name}/oauth2callback`;
    const provider = await TestProvider.start({ redirectUri, ...given.provider });
    const section = authSection(redirectUri, provider);
    const key = randomBytes(32).toString("hex");
    const { allow = ["group:staff"], recheckSeconds = 300 } = given;
    const store = join(folder, "sessions.db");
    const one = async (port: number): Promise<OneOfTwo> => {
      const told: Told = { store, key, port, origins, section, allow, recheckSeconds };
      const program = start(process.execPath, [script, JSON.stringify(told)]);
      await program.line(/^ready /);
      return new OneOfTwo(program, port, name);
    };
    return new TwoGateways(provider, [await one(ports[0]), await one(ports[1])], { folder, name });
  }

  /** Begins at one gateway, and comes back from the provider to another. */
  async toCallback(browser: Map<string, string>, at: OneOfTwo, name: string): Promise<string> {
    await at.ask(browser, "/");
    const { body } = await at.act(browser, "/_strongroom/login");
    const visitor = new Visitor();
    this.#visitors.push(visitor);
    const isOurs = (url: URL): boolean => url.host === this.#name;
    const { to } = JSON.parse(body) as { to: string };
    const { pathname, search } = await visitor.passProvider(to, name, isOurs);
    return `${pathname}${search}`;
  }

  async signIn(
    name: string,
    from: OneOfTwo = this.both[0],
    to: OneOfTwo = from,
  ): Promise<Map<string, string>> {
    const browser = new Map<string, string>();
    const { status } = await to.ask(browser, await this.toCallback(browser, from, name));
    if (status !== 303) throw new Error(`The callback answered ${status}.`);
    return browser;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const visitor of this.#visitors) visitor[Symbol.dispose]();
    for (const one of this.both) await one.stop();
    await this.provider[Symbol.asyncDispose]();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
