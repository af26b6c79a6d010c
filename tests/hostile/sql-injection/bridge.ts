import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A page behind a plain URL, as tools for attacks expect it: `?q=…` is asked, what is said comes back. */
export interface Bridge {
  readonly url: string;
  /** How many questions were asked. */
  readonly asked: () => number;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Listens on this machine alone; questions are asked one after the other. */
export async function bridge(say: (q: string) => string | Promise<string>): Promise<Bridge> {
  let last: Promise<unknown> = Promise.resolve();
  let count = 0;
  const server = createServer((request, response) => {
    const q = new URL(request.url ?? "/", "http://bridge").searchParams.get("q") ?? "";
    count++;
    const turn = last.then(() => say(q));
    last = turn.then(
      (text) => response.end(`<html><body><pre>${escaped(text)}</pre></body></html>`),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A server that listens on a port has such an address.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/?q=Ann`,
    asked: () => count,
    [Symbol.asyncDispose]: () => closed(server),
  };
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
