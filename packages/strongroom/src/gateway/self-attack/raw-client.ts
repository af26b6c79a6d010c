/** Asks a server exactly what is written, as no well-meant client would. */
import { connect, type Socket } from "node:net";

export interface Place {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
}

export interface Heard {
  /** 0: the connection was closed without an answer. */
  readonly status: number;
  /** By their names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

const maxMs = 20_000;
const maxBytes = 1_000_000;

/** Sends the bytes and hears all until the server ends it; nothing where it took too long to say anything. */
export async function ask(
  place: Place,
  sent: string | Buffer,
  onPort: (port: number) => void,
): Promise<Heard | undefined> {
  const socket = await connectTo(place);
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const done = (isInTime: boolean): void => {
      socket.destroy();
      resolve(isInTime ? heardIn(Buffer.concat(chunks)) : undefined);
    };
    socket.setTimeout(maxMs, () => done(false));
    socket.on("data", (chunk) => {
      chunks.push(chunk);
      if ((size += chunk.length) > maxBytes || isFirstFrame(chunks)) done(true);
    });
    // Refused so firmly that the connection broke: nothing was answered.
    socket.on("error", () => done(true));
    socket.on("close", () => done(true));
    const begin = (): void => {
      onPort(socket.localPort ?? 0);
      socket.write(sent);
    };
    if (socket.connecting || place.secure) socket.once(place.secure ? "secureConnect" : "connect", begin);
    else begin();
  });
}

async function connectTo({ host, port, secure }: Place): Promise<Socket> {
  if (!secure) return connect({ host, port });
  const tls = await import("node:tls");
  // It is our own port, and nothing secret is sent: whose name the certificate bears does not matter.
  return tls.connect({ host, port, rejectUnauthorized: false });
}

/** A socket is open, and the server has said something on it. */
function isFirstFrame(chunks: readonly Buffer[]): boolean {
  const { status, body } = heardIn(Buffer.concat(chunks));
  return status === 101 && body.length >= 4;
}

function heardIn(bytes: Buffer): Heard {
  const end = bytes.indexOf("\r\n\r\n");
  const [first = "", ...lines] = bytes.toString("latin1", 0, Math.max(end, 0)).split("\r\n");
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(":");
    headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  return {
    status: Number(/^HTTP\/1\.1 (\d{3})/.exec(first)?.[1] ?? 0),
    headers,
    body: bytes.subarray(end + 4),
  };
}
