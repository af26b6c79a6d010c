import { WebSocket } from "ws";

/** What a frame may hold, of the fields that tests look at. */
export interface Heard {
  readonly t: string;
  readonly tree?: number;
  readonly done?: number;
  readonly committed?: number;
  readonly code?: string;
  readonly detail?: string;
}

/** A raw client of one session: it does what the page does, without drawing. */
export class RawSession {
  readonly slider: string;
  readonly #socket: WebSocket;
  #event = 0;
  #tree: number;
  #done: ((frame: { bytes: number; frames: number }) => void) | undefined;
  #bytes = 0;
  #frames = 0;
  #sent = "";
  readonly #listeners = new Set<(message: Heard) => void>();
  /** The last frame that ended a run, as it came. */
  last = "";
  /** How many events were refused so far. */
  refused = 0;

  constructor(socket: WebSocket, slider: string, tree: number) {
    this.#socket = socket;
    this.slider = slider;
    this.#tree = tree;
    socket.on("message", (data: Buffer) => this.#receive(data));
  }

  #receive(data: Buffer): void {
    this.#bytes += data.length;
    this.#frames++;
    const text = data.toString();
    const message = JSON.parse(text) as Heard;
    for (const listener of this.#listeners) listener(message);
    if (message.tree !== undefined) this.#tree = message.tree;
    // The session was restored elsewhere: what was not committed is said again.
    if (message.t === "resumed" && (message.committed ?? 0) < this.#event) this.#socket.send(this.#sent);
    if (message.t === "refused") this.refused++;
    if (message.done !== this.#event) return;
    this.last = text;
    this.#done?.({ bytes: this.#bytes, frames: this.#frames });
  }

  /** Moves the slider and answers once its run has ended. */
  slide(value: number): Promise<{ bytes: number; frames: number }> {
    return this.send({ values: { [this.slider]: value } });
  }

  send(what: object): Promise<{ bytes: number; frames: number }> {
    this.#bytes = 0;
    this.#frames = 0;
    return new Promise((resolve) => {
      this.#done = resolve;
      this.#sent = JSON.stringify({ t: "event", n: ++this.#event, tree: this.#tree, ...what });
      this.#socket.send(this.#sent);
    });
  }

  /** Sends an event that must be refused; `refused` counts it when its answer has come. */
  forge(what: object): void {
    this.#socket.send(JSON.stringify({ t: "event", n: ++this.#event, tree: this.#tree, ...what }));
  }

  /** The first message from now on that fits. */
  heard(fits: (message: Heard) => boolean): Promise<Heard> {
    return new Promise((resolve) => {
      const listener = (message: Heard): void => {
        if (!fits(message)) return;
        this.#listeners.delete(listener);
        resolve(message);
      };
      this.#listeners.add(listener);
    });
  }

  close(): void {
    this.#socket.close();
  }
}

interface BootData {
  readonly protocol: number;
  readonly session: string;
  readonly ticket: string;
  readonly messages: readonly {
    t: string;
    tree: number;
    nodes?: readonly (readonly [string, string, string, unknown, unknown])[];
  }[];
}

interface Connected {
  readonly socket: WebSocket;
  readonly boot: BootData;
  /** The viewer's cookie, as it is sent. */
  readonly cookie: string;
}

/** Opens a page and its socket as a new viewer, or as one whose cookie is given; takes up no session yet. */
export async function connectRaw(url: string, knownCookie?: string): Promise<Connected> {
  const page = await fetch(url, knownCookie === undefined ? {} : { headers: { cookie: knownCookie } });
  const html = await page.text();
  // What the server wrote for its own page: a test reads it as it is.
  const boot = JSON.parse(/id="strongroom-boot"[^>]*>([^<]*)</.exec(html)?.[1] ?? "{}") as BootData;
  const cookie = knownCookie ?? (page.headers.getSetCookie()[0] ?? "").split(";")[0] ?? "";
  const { origin } = new URL(url);
  const address = `${origin.replace("http", "ws")}/_strongroom/socket?ticket=${boot.ticket}`;
  const socket = new WebSocket(address, { origin, headers: { cookie }, perMessageDeflate: false });
  await new Promise((resolve, reject) => {
    socket.once("open", resolve);
    socket.once("error", reject);
  });
  return { socket, boot, cookie };
}

/** A session, and what else a browser would know of its page. */
export interface OpenedRaw {
  readonly session: RawSession;
  readonly cookie: string;
  /** Elements of the first tree: id, parent, kind, props, value. */
  readonly nodes: readonly (readonly [string, string, string, unknown, unknown])[];
}

/** Opens a page as a new viewer, or as one whose cookie is given, and takes up its session. */
export async function openRawWhole(url: string, knownCookie?: string): Promise<OpenedRaw> {
  const { socket, boot, cookie } = await connectRaw(url, knownCookie);
  const nodes = boot.messages.flatMap(({ nodes: listed }) => listed ?? []);
  const tree = boot.messages.at(-1)?.tree ?? 0;
  const resumed = new Promise((resolve) => socket.once("message", resolve));
  socket.send(JSON.stringify({ t: "resume", protocol: boot.protocol, session: boot.session, tree }));
  await resumed;
  const slider = nodes.find(([, , kind]) => kind === "slider")?.[0] ?? "";
  return { session: new RawSession(socket, slider, tree), cookie, nodes };
}

/** The same, of which only the session matters. */
export async function openRaw(url: string): Promise<RawSession> {
  return (await openRawWhole(url)).session;
}
