import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** Stands between a client and a server, and keeps every byte that the server sends. */
export interface Recorder {
  readonly origin: string;
  /** From now on it leads there. */
  lead(url: string): void;
  /** All that has come from the server, a connection after the other. */
  said(): readonly string[];
  [Symbol.asyncDispose](): Promise<void>;
}

/** What is compressed could not be searched. */
const asked = /\r\naccept-encoding:/i;
const unasked = "\r\nx-not-encoding:";

export async function startRecorder(): Promise<Recorder> {
  const said: Buffer[][] = [];
  const sockets = new Set<Socket>();
  let target = "";
  const server = createServer((client) => {
    const upstream = connect(Number(new URL(target).port), "127.0.0.1");
    const chunks: Buffer[] = [];
    said.push(chunks);
    client.on("data", (chunk: Buffer) => upstream.write(addressed(chunk, origin, target)));
    upstream.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      client.write(chunk);
    });
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket);
      socket.on("error", () => other.destroy());
      socket.on("close", () => {
        sockets.delete(socket);
        other.destroySoon();
      });
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  // A server that listens on a port has such an address.
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    lead: (url) => void (target = new URL(url).origin),
    said: () => said.map((chunks) => Buffer.concat(chunks).toString()),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

/** As if the client had asked the server itself: of the same length, so that all else stays where it is. */
function addressed(chunk: Buffer, origin: string, target: string): Buffer {
  if (origin.length !== target.length) throw new RangeError("Two ports of as many digits were expected.");
  const [here, there] = [origin, target].map((url) => new URL(url).host) as [string, string];
  const text = chunk.toString("latin1").replace(asked, unasked).replaceAll(here, there);
  return Buffer.from(text, "latin1");
}
