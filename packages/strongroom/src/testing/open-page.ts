import { randomBytes } from "node:crypto";
import { eventSchema, type EventMessage, type RefusalCode } from "../wire/messages.ts";
import type { BrokerRequest } from "../wire/query.ts";
import type { BrokerResult } from "../wire/query-answer.ts";
import { decodeText, type Json } from "../wire/schema.ts";
import { App } from "../worker/app.ts";
import type { FileFact, UploadSlot } from "../wire/upload.ts";
import { encode } from "../worker/codec.ts";
import { readTable } from "../worker/reader/read-table.ts";
import { Offers } from "../worker/offers.ts";
import { SessionRunner, type Outlet } from "../worker/runner.ts";
import type { Pieces } from "../worker/pieces.ts";
import type { Offered, Services, WorkerOptions } from "../worker/services.ts";
import { WorkerSession } from "../worker/session.ts";
import { PageAccess, type Refusal, type TestAccess, type TestUser } from "./page-access.ts";
import { ReceivedPage, type Element, type Message } from "./page-tree.ts";

/** A page's script, top to bottom. */
export type Script = () => unknown;

export interface OpenOptions {
  /** More pages, by their path. */
  readonly pages?: Readonly<Record<string, Script>>;
  /** The page to begin with. Default: the first, `""`. */
  readonly page?: string;
  /** The query string, without the question mark. */
  readonly query?: string;
  /** What `st.secrets` reads. Default: none. */
  readonly secrets?: Readonly<Record<string, unknown>>;
  /** Answers the queries of `st.connection`. */
  readonly onQuery?: (request: BrokerRequest, signal: AbortSignal) => Promise<BrokerResult>;
  /** Files outside of it have no part in what an error shows. Default: the working folder. */
  readonly appFolder?: string;
  /** As `client.showErrorDetails`. Default `"full"`. */
  readonly showErrorDetails?: WorkerOptions["showErrorDetails"];
  /** As `runner.enforceSerializableSessionState`. Default `true`. */
  readonly enforceSerializableSessionState?: boolean;
  /** As `session.maxStateBytes`. Default 8 MB. */
  readonly maxStateBytes?: number;
  /** The `ttl` of connections that name none. */
  readonly connectionDefaultTtl?: number | string;
  /** What cached data may take. Default 64 MB. */
  readonly maxCacheBytes?: number;
  /**
   * Claims of who has signed in: what `st.user` reads, and rules of access judge. An `email` counts as verified unless
   * `email_verified` says otherwise. Default: nobody has signed in.
   */
  readonly user?: TestUser;
  /** Who may open the app and its pages; who may not gets `page.refusal`, and nothing runs. Default: anyone. */
  readonly access?: TestAccess;
  /** Who looks: pages of the same name are tabs of one viewer. Default: somebody else for each page. */
  readonly viewer?: string;
  /** What `st.getOption` reads, by name of the option. */
  readonly options?: Readonly<Record<string, Json>>;
  /** Values that cached functions keep; hand the same map to several pages to let them share. */
  readonly shared?: Map<string, unknown>;
}

/** A file that a viewer sends. */
export interface TestFile {
  readonly name: string;
  readonly bytes: Uint8Array | string;
  /** What the gateway finds that it is. Default: bytes. */
  readonly type?: string;
}

/** An event as `forge` takes it: what is left out is filled in as a browser would. */
export type ForgedEvent = Readonly<Record<string, unknown>>;
export type Answer =
  | { readonly taken: true }
  | { readonly taken: false; readonly code: RefusalCode | "malformed" };

const maxEventChars = 1_000_000;
/** Pages may share what cached functions keep: each of their sessions has a number of its own. */
let lastSession = 0;

/** Opens a page in this process: no server, no browser, the same run loop, wire and refusals. */
export async function openPage(script: Script, options: OpenOptions = {}): Promise<Page> {
  const page = new Page(script, options);
  page.start();
  await page.settled();
  return page;
}

/** A page that is open, and its viewer. */
export class Page {
  readonly #app: App;
  readonly #options: OpenOptions;
  readonly #services: Services;
  readonly #access: PageAccess;
  /** Why the viewer does not see the page, and nothing ran; nothing where they do. */
  readonly refusal: Refusal | undefined;
  /** Errors that the script did not catch. */
  readonly errors: unknown[] = [];
  /** Errors that the script showed by `st.exception` or `st.write`. */
  readonly shownErrors: unknown[] = [];
  /** Bytes that the page offers, by handle: images, files. */
  readonly offered: Map<string, Offered> = new Map();
  #offers = new Offers();
  readonly #slots = new Map<string, Omit<UploadSlot, "slot">>();
  readonly #files = new Map<string, { readonly fact: FileFact; readonly bytes: Uint8Array }>();
  readonly #held = new Map<string, Json>();
  #received = new ReceivedPage();
  #runner: SessionRunner | undefined;
  #session: WorkerSession | undefined;
  #core: Buffer | undefined;
  #state: Buffer = Buffer.alloc(0);
  #last = 0;
  readonly #viewer = `viewer ${++lastSession}`;
  #wake: (() => void)[] = [];
  /** Number of the last event that is safe. */
  committed = 0;

  constructor(script: Script, options: OpenOptions) {
    const pages = Object.entries({ "": script, ...options.pages }).map(([path, run]) => ({
      path,
      title: path === "" ? "App" : path,
      icon: "",
      run,
    }));
    this.#app = new App({ pages }, (error) => void this.errors.push(error));
    this.#options = options;
    this.#access = new PageAccess(options, pages);
    this.refusal = this.#access.refusalOf(options.page ?? "");
    this.#services = this.#makeServices();
  }

  #makeServices(): Services {
    const { secrets = {}, onQuery, shared = new Map<string, unknown>() } = this.#options;
    return {
      secrets,
      options: workerOptions(this.#options),
      shared,
      report: (error) => void this.shownErrors.push(error),
      tell: () => undefined,
      offer: (_, content) => {
        const { handle, isNew } = this.#offers.handleOf(content);
        if (isNew) this.offered.set(handle, content);
        return handle;
      },
      flow: async (_, { pieces, ...named }) => {
        const bytes = await allOf(pieces);
        const { handle } = this.#offers.handleOf({ ...named, bytes });
        this.offered.set(handle, { ...named, bytes });
        return handle;
      },
      takeFiles: (_, slot) => {
        this.#slots.set(slot.widget, slot);
        return this.#offers.named(JSON.stringify(slot)).handle;
      },
      readTable: async (_, { file, reading }) => {
        const { bytes } = this.#files.get(file) ?? {};
        return bytes && encode(await readTable(Buffer.from(bytes), reading));
      },
      readFile: async (_, { file, from, length }) => this.#files.get(file)?.bytes.slice(from, from + length),
      ask: async (_, request, signal) => {
        if (onQuery === undefined)
          throw new TypeError("openPage was given no onQuery, which answers the queries of st.connection.");
        return onQuery(request, signal);
      },
    };
  }

  /** Runs the script for the first time, from the last commit where there is one. */
  start(): void {
    if (this.refusal !== undefined) return;
    const session = new WorkerSession(++lastSession, this.#services);
    const { page = "", query = "", viewer = this.#viewer } = this.#options;
    session.viewer = viewer;
    session.page = page;
    session.query = query;
    for (const [id, { fact }] of this.#files) session.files.set(id, fact);
    this.#session = session;
    if (this.#core !== undefined) {
      const { treeNumber } = this.#received;
      session.restore(this.#core, this.#state, { treeNumber, query });
    }
    session.user = this.#access.user;
    session.pages = this.#access.open(this.#app.pages);
    this.#runner = new SessionRunner(session, this.#app, this.#outlet());
    this.#runner.open();
  }

  #outlet(): Outlet {
    return {
      begin: () => undefined,
      ended: () => {
        for (const handle of this.#offers.endRun()) this.offered.delete(handle);
      },
      push: () => undefined,
      send: (_, text, done) => {
        this.#received.receive(text);
        if (done !== undefined) this.#notify();
      },
      commit: (_, { event, core, state }) => {
        this.committed = event;
        this.#core = core;
        if (state !== undefined) this.#state = state;
        this.#notify();
      },
    };
  }

  #notify(): void {
    const wake = this.#wake;
    this.#wake = [];
    for (const resolve of wake) resolve();
  }

  /** Waits until the run that the last event caused has ended. */
  async settled(): Promise<void> {
    while (this.#runner?.isBusy === true) {
      await new Promise<void>((resolve) => void this.#wake.push(resolve));
    }
  }

  /** Everything that the page was sent, in order. */
  get messages(): readonly Message[] {
    return this.#received.messages;
  }

  get query(): string {
    return this.#received.query;
  }

  get path(): string {
    return this.#received.page;
  }

  /** The elements in the main part of the page. */
  tree(): readonly Element[] {
    return this.#received.elements("main");
  }

  /** The elements at the side of the page. */
  side(): readonly Element[] {
    return this.#received.elements("side");
  }

  /** Every element of a kind; of these, those with that label or text. */
  findAll(kind: string, label?: string): readonly Element[] {
    return [...this.#received.all()].filter(
      (element) => element.kind === kind && (label === undefined || namesOf(element).includes(label)),
    );
  }

  /** The one element of a kind, and of that label or text where one is given; throws where there is none. */
  find(kind: string, label?: string): Element {
    const [element] = this.findAll(kind, label);
    if (element !== undefined) return element;
    const there = [...this.#received.all()]
      .map((other) => `${other.kind} ${namesOf(other)[0] ?? ""}`.trim())
      .join(", ");
    throw new RangeError(
      `No ${kind}${label === undefined ? "" : ` "${label}"`} stands on the page; there are: ${there}.`,
    );
  }

  /** The element of an id; throws where there is none. */
  element(id: string): Element {
    const element = this.#received.element(id);
    if (element === undefined) throw new RangeError(`No element "${id}" stands on the page.`);
    return element;
  }

  /** True when an element stands on the page. */
  has(kind: string, label?: string): boolean {
    return this.findAll(kind, label).length > 0;
  }

  /** Answers a widget, named by its id or label; in a form, when that is submitted. */
  async answer(name: string, value: Json): Promise<void> {
    const { id } = this.#widget(name);
    if (this.#received.enclosing(id, "form") !== undefined) return void this.#held.set(id, value);
    await this.#must(this.send({ values: { [id]: value } }));
  }

  /** Sends files to a widget that takes them, named by its id or label, in the place of what it holds. */
  async upload(name: string, files: readonly TestFile[]): Promise<void> {
    const { id } = this.#widget(name);
    await this.answer(
      id,
      files.map((file) => this.#send(id, file)),
    );
  }

  #send(widget: string, { name, bytes, type = "application/octet-stream" }: TestFile): string {
    if (!this.#slots.has(widget)) throw new RangeError(`"${widget}" takes no files.`);
    const content = typeof bytes === "string" ? Buffer.from(bytes) : bytes;
    const id = `f-${randomBytes(32).toString("base64url")}`;
    const fact = { id, widget, name, type, size: content.length };
    this.#files.set(id, { fact, bytes: content });
    this.#session?.files.set(id, fact);
    return id;
  }

  /** Takes a file away, as its viewer or a server that starts anew does. */
  lose(fileId: string): void {
    this.#files.delete(fileId);
    this.#session?.files.delete(fileId);
  }

  /** Presses a button, named by its id or label, and sends what its form holds. */
  async press(name: string, value?: Json): Promise<void> {
    const { id } = this.#widget(name);
    const form = this.#received.enclosing(id, "form");
    const values: Record<string, Json> = {};
    for (const [member, held] of form === undefined ? [] : this.#held) {
      if (this.#received.enclosing(member, "form") !== form) continue;
      values[member] = held;
      this.#held.delete(member);
    }
    await this.#must(this.send({ values, trigger: value === undefined ? { id } : { id, value } }));
  }

  /** Goes to another page of the app. */
  async goTo(page: string): Promise<void> {
    await this.#must(this.send({ page }));
  }

  /** Changes the query string of the viewer's URL. */
  async goToQuery(query: string): Promise<void> {
    await this.#must(this.send({ query }));
  }

  async #must(answer: Answer): Promise<void> {
    if (!answer.taken) throw new TypeError(`The page did not take this: ${answer.code}.`);
    await this.settled();
  }

  #widget(name: string): Element {
    const all = [...this.#received.all()];
    const named =
      all.find(({ id }) => id === name) ?? all.find(({ props }) => plainText(props["label"]) === name);
    if (named === undefined) throw new RangeError(`No widget "${name}" stands on the page.`);
    return named;
  }

  /** Sends an event, whatever it says, and waits for its run; answers whether it was taken. */
  async forge(event: ForgedEvent): Promise<Answer> {
    const answer = this.send(event);
    if (answer.taken) await this.settled();
    return answer;
  }

  /** Sends an event, whatever it says, without waiting for its run. */
  send(event: ForgedEvent): Answer {
    if (this.refusal !== undefined)
      throw new TypeError(`The viewer does not see this page: ${this.refusal}.`);
    const n = this.#last + 1;
    const text = JSON.stringify({ t: "event", n, tree: this.#received.treeNumber, ...event });
    const decoded = decodeText(eventSchema, text, maxEventChars);
    if (!decoded.ok) return { taken: false, code: "malformed" };
    this.#last = Math.max(this.#last, decoded.value.n);
    const before = this.messages.length;
    const earlier = this.#hold(decoded.value);
    this.#runner?.take(decoded.value);
    const refused = this.messages
      .slice(before)
      .find((message) => message.t === "refused" && message.n === decoded.value.n);
    if (refused?.t !== "refused") return { taken: true };
    for (const [id, value] of earlier) this.#received.setValue(id, value);
    return { taken: false, code: refused.code };
  }

  /** A browser's tree holds the answers that it has sent; answers what it held before. */
  #hold({ values = {} }: EventMessage): readonly (readonly [string, Json])[] {
    return Object.entries(values).map(([id, value]) => {
      const before = this.#received.element(id)?.value ?? null;
      this.#received.setValue(id, value);
      return [id, before] as const;
    });
  }

  /** Ends the run for its viewer. */
  stop(): void {
    this.#runner?.stop();
  }

  /** Asks for the page as it stands, and for another run of it, as a refresh does. */
  refresh(): void {
    this.#runner?.resend();
    this.#runner?.rerun();
  }

  /** Asks for the whole tree. */
  resend(): void {
    this.#runner?.resend();
  }

  /** Loses the worker and goes on from the last commit in another, as every fault, sleep and reload does; `seen` is the last tree that the browser knows. */
  async restore(seen: { readonly tree: number } = { tree: this.#received.treeNumber }): Promise<void> {
    this.#runner?.close();
    this.#received = new ReceivedPage();
    this.#received.treeNumber = seen.tree;
    this.#last = this.committed;
    this.#offers = new Offers();
    this.offered.clear();
    this.start();
    await this.settled();
  }

  /** Bytes of the last commit: the session, and its state. */
  dump(): { readonly core: Buffer; readonly state: Buffer } {
    return { core: this.#core ?? Buffer.alloc(0), state: this.#state };
  }

  async close(): Promise<void> {
    this.#runner?.close();
    this.#notify();
    await Promise.resolve();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

/** What a worker would be told by the configuration. */
function workerOptions({
  appFolder = process.cwd(),
  showErrorDetails = "full",
  enforceSerializableSessionState = true,
  maxStateBytes = 8_000_000,
  connectionDefaultTtl,
  maxCacheBytes = 64_000_000,
  options: values,
}: OpenOptions): WorkerOptions {
  return {
    appFolder,
    showErrorDetails,
    enforceSerializableSessionState,
    maxStateBytes,
    ...(connectionDefaultTtl === undefined ? {} : { connectionDefaultTtl }),
    maxCacheBytes,
    ...(values === undefined ? {} : { values }),
  };
}

/** What an element is called: its label, or the text that it shows. */
function namesOf({ props }: Element): readonly string[] {
  return ["label", "text", "title", "body"].flatMap((name) => plainText(props[name]) ?? []);
}

/** The text of RichText, without its marks. */
function plainText(value: Json | undefined): string | undefined {
  if (typeof value === "string") return value;
  if (!Array.isArray(value)) return undefined;
  return value.map((item: Json) => inlineText(item)).join("");
}

function inlineText(item: Json): string {
  if (typeof item === "string") return item;
  if (typeof item !== "object" || item === null || Array.isArray(item)) return "";
  const { text, c } = item as { readonly text?: Json; readonly c?: Json };
  return typeof text === "string" ? text : (plainText(c) ?? "");
}

/** What is read of a download that flows, in bytes. */
const mostFlowBytes = 64 * 1024 * 1024;

/** All pieces of a download: here, nobody reads slowly. */
async function allOf(pieces: Pieces): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for (let part = await pieces.next(); part !== undefined; part = await pieces.next()) {
    parts.push(part);
    if ((size += part.length) <= mostFlowBytes) continue;
    pieces.cancel();
    throw new RangeError("A download that comes to an end was expected.");
  }
  return Buffer.concat(parts);
}
