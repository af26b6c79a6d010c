import { readFileSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { TLSSocket } from "node:tls";
import { afterAll, expect, test } from "vitest";
import { Authority } from "../servers/certificates.ts";
import { TestBroker, type Outcome } from "./test-broker.ts";

const ours = new Authority("ours");
const { cert, key } = ours.sign("server", { names: "DNS:localhost,IP:127.0.0.1" });
afterAll(() => ours[Symbol.dispose]());

function encrypt(socket: Socket): void {
  const secure = new TLSSocket(socket, {
    isServer: true,
    cert: readFileSync(cert),
    key: readFileSync(key),
  });
  secure.on("error", () => secure.destroy()); // the client hangs up: that is what is counted
}

/** A server whose certificate nobody trusts, and how many came to it. */
async function counting(
  begin: (socket: Socket) => void,
): Promise<{ server: Server; came: () => number; port: number }> {
  let came = 0;
  const server = createServer((socket) => {
    came++;
    socket.on("error", () => socket.destroy());
    begin(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    server,
    came: () => came,
    port: typeof address === "object" && address !== null ? address.port : 0,
  };
}

/** PostgreSQL's protocol: a question whether to encrypt, one letter as the answer, then TLS. */
const postgres = (socket: Socket): void => {
  socket.once("data", () => {
    socket.write("S");
    encrypt(socket);
  });
};

test.each<[string, (socket: Socket) => void, (broker: TestBroker) => Promise<Outcome>]>([
  ["postgres", postgres, (broker) => broker.query("select 1")],
  [
    "http",
    encrypt,
    (broker) =>
      broker.ask({ kind: "http", connection: "shop", method: "GET", path: "/", query: [], headers: [] }),
  ],
])("a certificate that is wrong is not tried again: %s", async (type, begin, ask) => {
  const { server, came, port } = await counting(begin);
  const where =
    type === "http" ? { url: `https://localhost:${port}` } : { host: "localhost", port, user: "ann" };
  await using broker = new TestBroker({ shop: { type, ...where, retries: 2 } });
  const outcome = await ask(broker);
  expect("message" in outcome ? outcome.message : "").toMatch(/nobody we trust/);
  expect(came()).toBe(1);
  server.close();
});
