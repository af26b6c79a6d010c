import { fileURLToPath } from "node:url";
import { WebSocket } from "ws";
import { median } from "../figures.ts";
import { cpuMicros, start } from "../../running/processes.ts";

export interface Floor {
  /** E: round trip of a bare echo, 60 bytes up and 850 down, in µs. */
  readonly roundTripMicros: number;
  /** C: processor time of the server for one message of it, in µs. */
  readonly cpuMicros: number;
  /** The same through a second process, in µs. */
  readonly throughMicros: number;
  readonly throughCpuMicros: number;
  /** Messages a second through two processes on one core, from 50 sockets. */
  readonly throughPerSecond: number;
  /** N: start to end of a Node program that does nothing, in ms. */
  readonly nodeStartMs: number;
}

const echo = fileURLToPath(new URL("echo.ts", import.meta.url));
const message = "y".repeat(60);

export async function measureFloor(messages: number): Promise<Floor> {
  const bare = await measureEcho([], messages);
  const through = await measureEcho(["--through"], messages);
  return {
    roundTripMicros: bare.median,
    cpuMicros: bare.cpu,
    throughMicros: through.median,
    throughCpuMicros: through.cpu,
    throughPerSecond: through.perSecond,
    nodeStartMs: await measureNodeStart(),
  };
}

async function measureEcho(args: readonly string[], messages: number) {
  await using server = start(process.execPath, [echo, ...args], { core: 1 });
  const port = Number((await server.line(/^(\d+)$/))[1]);
  const socket = await connect(port);
  await roundTrips(socket, messages / 5);
  const before = cpuMicros(server.pid);
  const micros = await roundTrips(socket, messages);
  const cpu = (cpuMicros(server.pid) - before) / messages;
  socket.close();
  return { median: median(micros), cpu, perSecond: await rate(port, messages) };
}

async function roundTrips(socket: WebSocket, count: number): Promise<number[]> {
  const micros: number[] = [];
  for (let index = 0; index < count; index++) {
    const begun = performance.now();
    await new Promise((resolve) => {
      socket.once("message", resolve);
      socket.send(message);
    });
    micros.push((performance.now() - begun) * 1_000);
  }
  return micros;
}

async function rate(port: number, messages: number): Promise<number> {
  const sockets = await Promise.all(Array.from({ length: 50 }, () => connect(port)));
  const begun = performance.now();
  await Promise.all(sockets.map((socket) => roundTrips(socket, messages / 50)));
  const elapsed = performance.now() - begun;
  for (const socket of sockets) socket.close();
  return (messages / elapsed) * 1_000;
}

function connect(port: number): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false });
  return new Promise((resolve, reject) => {
    socket.once("open", () => resolve(socket));
    socket.once("error", reject);
  });
}

async function measureNodeStart(): Promise<number> {
  const times: number[] = [];
  for (let index = 0; index < 15; index++) times.push(await nodeStart());
  return median(times);
}

/** Start to end of a Node program that does nothing, once, in ms. */
async function nodeStart(): Promise<number> {
  const begun = performance.now();
  const program = start(process.execPath, ["-e", "0"]);
  await new Promise((resolve) => program.child.once("exit", resolve));
  return performance.now() - begun;
}

/**
 * How many starts of an empty Node program something takes, in the middle of several turns. Each is held beside starts of
 * its own moment: a machine shared with others is another one minutes later.
 */
export async function inNodeStarts(turns: number, measure: () => Promise<number>): Promise<number> {
  const ratios: number[] = [];
  for (let turn = 0; turn < turns; turn++) {
    const before = [await nodeStart(), await nodeStart(), await nodeStart()];
    const ms = await measure();
    const after = [await nodeStart(), await nodeStart(), await nodeStart()];
    ratios.push(ms / median([...before, ...after]));
  }
  return median(ratios);
}
