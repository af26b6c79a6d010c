/** The worker's process: everything that the gateway needs of it goes over descriptor 3. */
import { writeSync } from "node:fs";
import { Socket } from "node:net";
import { setTimeout } from "node:timers/promises";
import { throwingName } from "../wire/compiler-frames.ts";
import { FrameReader } from "../wire/frames.ts";
import { fromWorker, readWorkerFrame, writeWorkerFrame } from "../wire/worker-frames.ts";
import { closeNetwork } from "./network.ts";
import { RunSignal } from "./run.ts";
import { throwing } from "./thrown.ts";
import { Worker } from "./worker.ts";

// Our own frames stand above the author's: the ten that are usual may hold none of theirs.
Error.stackTraceLimit = 50;
// Compiled scripts call it where they throw.
Object.defineProperty(globalThis, throwingName, { value: throwing });

const gatewayDescriptor = 3;
const statusDescriptor = 4;

const socket = new Socket({ fd: gatewayDescriptor, readable: true, writable: true });
const status = Buffer.alloc(8);
let begun = 0;

let isHeld = false;

function push(): void {
  if (!isHeld) return;
  isHeld = false;
  socket.uncork();
}

const worker = new Worker({
  write(frame) {
    // What one tick has to say goes out as one write.
    if (!isHeld) {
      isHeld = true;
      socket.cork();
      process.nextTick(push);
    }
    socket.write(writeWorkerFrame(frame));
  },
  push,
  begin(session) {
    // Read by the gateway only when this process no longer answers: a message could not be sent then.
    status.writeUInt32BE(session, 0);
    status.writeUInt32BE((begun = (begun + 1) >>> 0), 4);
    writeSync(statusDescriptor, status, 0, 8, 0);
  },
  closeNetwork,
});

const reader = new FrameReader();
socket.on("data", (chunk: Buffer) => {
  reader.push(chunk);
  for (let payload = reader.next(); payload !== undefined; payload = reader.next())
    worker.receive(readWorkerFrame(payload));
});
socket.on("close", () => void end());
socket.on("error", () => void end());

/** So long things that cached functions hold may take to close, in ms. */
const releaseMs = 1_000;

async function end(): Promise<void> {
  await Promise.race([worker.end(), setTimeout(releaseMs)]);
  process.exit(0);
}

function survive(error: unknown): void {
  // A run that was replaced while it waited, and whose promise nobody awaits.
  if (error instanceof RunSignal) return;
  worker.report(error);
}
// A promise that an author forgot must not take everybody's sessions down.
process.on("unhandledRejection", survive);
process.on("uncaughtException", survive);
socket.write(writeWorkerFrame({ kind: fromWorker.ready }));
