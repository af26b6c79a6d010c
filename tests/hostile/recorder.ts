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
  let port = 0;
  const server = createServer((client) => {
    const upstream = connect(port, "127.0.0.1");
    const chunks: Buffer[] = [];
    said.push(chunks);
    client.on("data", (chunk: Buffer) => upstream.write(uncompressed(chunk)));
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
  return {
    // A server that listens on a port has such an address.
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    lead: (url) => void (port = Number(new URL(url).port)),
    said: () => said.map((chunks) => Buffer.concat(chunks).toString()),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

/** Of the same length, so that all else stays where it is. */
function uncompressed(chunk: Buffer): Buffer {
  return Buffer.from(chunk.toString("latin1").replace(asked, unasked), "latin1");
}
