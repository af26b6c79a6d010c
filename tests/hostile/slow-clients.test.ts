import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { serve, type Server } from "../running/app-server.ts";
import { residentBytes } from "../running/processes.ts";
import { connectRaw, openRaw } from "../running/raw-session.ts";

const app = fileURLToPath(new URL("every-widget", import.meta.url));
const port = (server: Server): number => Number(new URL(server.url).port);

function open(server: Server, first: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port(server), "127.0.0.1", () => {
      socket.write(first);
      resolve(socket);
    });
    socket.on("error", reject);
    socket.resume();
  });
}

test(
  "who sends a request a letter at a time is hung up on, and pages go on meanwhile",
  { timeout: 90_000 },
  async () => {
    await using server = await serve(app);
    const neighbour = await openRaw(server.url);
    const beginnings = ["GET / HTTP/1.1\r\nX: ", "POST /_strongroom/ticket HTTP/1.1\r\n", "G", "\r\n"];
    const slow = await Promise.all(
      Array.from({ length: 200 }, (_, at) => open(server, beginnings[at % 4] ?? "")),
    );
    const ended = slow.map((socket) => (socket.on("error", () => socket.destroy()), once(socket, "close")));
    const timer = setInterval(() => {
      for (const socket of slow) if (socket.writable) socket.write("a");
    }, 500);
    for (let step = 0; step < 10; step++) await neighbour.slide(step);
    await Promise.all(ended);
    clearInterval(timer);
    await neighbour.slide(5);
    expect(neighbour.last).toContain("Seen: slider, ");
  },
);

test(
  "thousands of pings and connections leave the neighbour's page as it was",
  { timeout: 90_000 },
  async () => {
    await using server = await serve(app);
    const neighbour = await openRaw(server.url);
    await neighbour.slide(1);
    const flood = async (rounds: number): Promise<void> => {
      for (let round = 0; round < rounds; round++) {
        const { socket } = await connectRaw(server.url);
        const cut = once(socket, "close");
        // Who reads no answers is owed sixty of them at most.
        for (let at = 0; at < 5_000; at++) socket.ping("x".repeat(125), true, () => undefined);
        const crowd = await Promise.all(
          Array.from({ length: 50 }, () => open(server, "GET /healthz HTTP/1.1\r\n")),
        );
        for (const one of crowd) one.destroy();
        await cut;
      }
    };
    await flood(2);
    const before = residentBytes(server.pid);
    await flood(6);
    expect((residentBytes(server.pid) - before) / 2 ** 20).toBeLessThan(40);
    await neighbour.slide(7);
    expect(neighbour.last).toContain("Seen: slider, ");
    expect(neighbour.refused).toBe(0);
  },
);
