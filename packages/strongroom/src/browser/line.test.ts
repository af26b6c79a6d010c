import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { WebSocketServer, type WebSocket } from "ws";
import { browserLine } from "./line.ts";

type Upgrade = [request: IncomingMessage, socket: Socket, head: Buffer];

afterEach(() => vi.unstubAllGlobals());

/** A server that keeps whoever wants a socket waiting until it is told. */
async function startHesitant() {
  const server = createServer();
  const sockets = new WebSocketServer({ noServer: true });
  const opened = once(sockets, "connection");
  const asked = once(server, "upgrade") as Promise<Upgrade>; // what Node gives with that event
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // it listens on a port
  vi.stubGlobal("location", { href: `http://127.0.0.1:${port}/orders` });
  return {
    asked,
    opened,
    goOn: async () => {
      const [request, socket, head] = await asked;
      sockets.handleUpgrade(request, socket, head, (opening) => sockets.emit("connection", opening));
    },
    [Symbol.dispose]: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

test("a socket that is closed while it opens is opened, closed in good order, and heard of no more", async () => {
  using server = await startHesitant();
  const heard: string[] = [];
  const socket = browserLine.open("t", {
    onOpen: () => heard.push("open"),
    onText: () => heard.push("text"),
    onClose: () => heard.push("close"),
  });
  const [request] = await server.asked;
  expect(request.url).toBe("/_strongroom/socket?ticket=t");
  socket.close();
  await server.goOn();
  const [opened] = (await server.opened) as [WebSocket]; // what the server of sockets gives with it
  opened.send("nothing for you");
  const [code] = (await once(opened, "close")) as [number]; // 1005: closed in good order, without a word
  expect({ code, heard }).toEqual({ code: 1005, heard: [] });
});

test("an open socket tells of what comes, and is closed at once", async () => {
  using server = await startHesitant();
  const texts: unknown[] = [];
  const opening = Promise.withResolvers<void>();
  const closing = Promise.withResolvers<void>();
  const socket = browserLine.open("t", {
    onOpen: () => opening.resolve(),
    onText: (text) => {
      texts.push(text);
      socket.close();
      closing.resolve();
    },
    onClose: () => texts.push("closed"),
  });
  await server.goOn();
  await opening.promise;
  const [opened] = (await server.opened) as [WebSocket]; // what the server of sockets gives with it
  const closed = once(opened, "close");
  opened.send("one");
  await closing.promise;
  await closed;
  expect(texts).toEqual(["one"]);
});
