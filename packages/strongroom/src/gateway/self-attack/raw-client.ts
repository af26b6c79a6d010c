/** Asks a server exactly what is written, as no well-meant client would. */
import { connect, type Socket } from "node:net";

export interface Place {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  /** The path below which the app lives, or nothing. */
  readonly base: string;
}

export interface Heard {
  /** 0: the connection was closed without an answer. */
  readonly status: number;
  /** By their names in lower case; what came several times stands on lines of its own. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

export type OnPort = (port: number) => void;

const silence: Heard = { status: 0, headers: new Map(), body: Buffer.alloc(0) };
const maxMs = 20_000;
const maxBytes = 1_000_000;

/** Sends the bytes and hears all until the server ends it, or opens a socket; nothing where it took too long. */
export async function ask(place: Place, sent: string | Buffer, onPort: OnPort): Promise<Heard | undefined> {
  return converseOnce(place, { sent, onPort, isEnough: (bytes) => heardIn(bytes)?.status === 101 });
}

/** The same, and what is said first on the socket. */
export async function askOnSocket(place: Place, sent: Buffer, onPort: OnPort): Promise<Heard | undefined> {
  return converseOnce(place, { sent, onPort, isEnough: isFirstFrame });
}

async function converseOnce(place: Place, conversation: Conversation): Promise<Heard | undefined> {
  const bytes = await converse(place, conversation);
  return bytes && (heardIn(bytes) ?? silence);
}

/**
 * Sends requests one behind the other on one connection, which costs a tenth; each keeps it open. What was not answered
 * is missing at the end of the list.
 */
export async function askInTurn(
  place: Place,
  requests: readonly string[],
  onPort: OnPort,
): Promise<readonly Heard[]> {
  const isEnough = (bytes: Buffer): boolean => heardInTurn(bytes).length >= requests.length;
  const bytes = await converse(place, { sent: requests.join(""), onPort, isEnough });
  return bytes === undefined ? [] : heardInTurn(bytes);
}

interface Conversation {
  readonly sent: string | Buffer;
  readonly onPort: OnPort;
  readonly isEnough: (bytes: Buffer) => boolean;
}

async function converse(place: Place, { sent, onPort, isEnough }: Conversation): Promise<Buffer | undefined> {
  const socket = await connectTo(place);
  return new Promise((resolve) => {
    let bytes: Buffer = Buffer.alloc(0);
    const done = (isInTime: boolean): void => {
      socket.destroy();
      resolve(isInTime ? bytes : undefined);
    };
    socket.setTimeout(maxMs, () => done(false));
    socket.on("data", (chunk) => {
      bytes = Buffer.concat([bytes, chunk]);
      if (bytes.length > maxBytes || isEnough(bytes)) done(true);
    });
    // Refused so firmly that the connection broke: nothing was answered.
    socket.on("error", () => done(true));
    socket.on("close", () => done(true));
    socket.once(place.secure ? "secureConnect" : "connect", () => {
      onPort(socket.localPort ?? 0);
      socket.write(sent);
    });
  });
}

async function connectTo({ host, port, secure }: Place): Promise<Socket> {
  if (!secure) return connect({ host, port });
  const tls = await import("node:tls");
  // It is our own port, and nothing secret is sent: whose name the certificate bears does not matter.
  return tls.connect({ host, port, rejectUnauthorized: false });
}

/** A socket is open, and the server has said something on it. */
function isFirstFrame(bytes: Buffer): boolean {
  const heard = heardIn(bytes);
  return heard?.status === 101 && heard.body.length >= 4;
}

function heardInTurn(bytes: Buffer): readonly Heard[] {
  const all: Heard[] = [];
  for (let rest = bytes; ;) {
    const heard = heardIn(rest);
    const length = Number(heard?.headers.get("content-length") ?? 0);
    if (heard === undefined || heard.body.length < length) return all;
    all.push({ ...heard, body: heard.body.subarray(0, length) });
    rest = heard.body.subarray(length);
  }
}

function heardIn(bytes: Buffer): Heard | undefined {
  const end = bytes.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const [first = "", ...lines] = bytes.toString("latin1", 0, end).split("\r\n");
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(":");
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before}\n${value}`);
  }
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(first)?.[1] ?? 0);
  return { status, headers, body: bytes.subarray(end + 4) };
}
