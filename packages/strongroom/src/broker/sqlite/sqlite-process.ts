import { spawn, type ChildProcess } from "node:child_process";
import { Socket } from "node:net";
import { fileURLToPath } from "node:url";
import { fromBroker, readBrokerFrame, toBroker, writeBrokerFrame } from "../../wire/broker-frames.ts";
import { FrameReader } from "../../wire/frames.ts";
import { brokerAnswerSchema, type BrokerEnd } from "../../wire/query-answer.ts";
import { queryLimits } from "../../wire/query.ts";
import { decodeText } from "../../wire/schema.ts";
import type { SendPart } from "../answer.ts";
import { BrokerError, LostConnection } from "../errors.ts";

interface Asked {
  readonly send: SendPart;
  readonly resolve: (end: BrokerEnd) => void;
  readonly reject: (error: unknown) => void;
}

const flags = ["--disable-sigusr1", "--disable-proto=delete", "--disallow-code-generation-from-strings"];
const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
const main = fileURLToPath(new URL(`./sqlite-main.${extension}`, import.meta.url));

/** The process that has a SQLite file open, one question at a time. */
export class SqliteProcess {
  readonly #child: ChildProcess;
  readonly #socket: Socket;
  #asked: Asked | undefined;
  isAlive = true;

  /** `tie` ends the process with ours, where the system can: one that reckons hears no goodbye. */
  constructor(folder: string, tie: readonly string[]) {
    const [command, ...args] = [...tie, process.execPath, ...flags, main];
    this.#child = spawn(command ?? process.execPath, args, {
      cwd: folder,
      env: process.env,
      stdio: ["ignore", "ignore", "inherit", "pipe"],
    });
    const socket: unknown = this.#child.stdio[3];
    if (!(socket instanceof Socket))
      throw new LostConnection("No process for the database could be started.");
    this.#socket = socket;
    this.#listen();
  }

  get isBusy(): boolean {
    return this.#asked !== undefined;
  }

  /** Asks; parts of the answer go to `send`, the last one comes back. */
  ask(kind: number, message: unknown, send: SendPart = () => Promise.resolve()): Promise<BrokerEnd> {
    if (!this.isAlive) return Promise.reject(gone());
    return new Promise((resolve, reject) => {
      this.#asked = { send, resolve, reject };
      this.#write(kind, JSON.stringify(message));
    });
  }

  /** Ends a question whose parts are being read; one that reckons does not hear it. */
  cancel(): void {
    this.#write(toBroker.cancel);
  }

  kill(): void {
    this.#child.kill("SIGKILL");
  }

  end(): void {
    this.isAlive = false;
    this.#socket.end();
  }

  #listen(): void {
    const reader = new FrameReader();
    this.#socket.on("data", (chunk: Buffer) => {
      reader.push(chunk);
      for (let payload = reader.next(); payload !== undefined; payload = reader.next()) {
        const { kind, text } = readBrokerFrame(payload);
        if (kind === fromBroker.part) void this.#part(text.toString());
        else this.#ended(text.toString());
      }
    });
    this.#socket.on("error", () => {}); // its end is told by the process
    const ended = (): void => {
      this.isAlive = false;
      this.#settle()?.reject(gone());
    };
    this.#child.once("exit", ended).once("error", ended);
  }

  async #part(text: string): Promise<void> {
    const asked = this.#asked;
    try {
      await asked?.send(text);
      this.#write(toBroker.more);
    } catch {
      this.#write(toBroker.cancel); // nobody waits any more
    }
  }

  #ended(text: string): void {
    const decoded = decodeText(brokerAnswerSchema, text, queryLimits.partChars);
    const asked = this.#settle();
    if (decoded.ok && !decoded.value.ok)
      return asked?.reject(new BrokerError(decoded.value.code, decoded.value.message));
    if (decoded.ok && "end" in decoded.value) return asked?.resolve(decoded.value);
    asked?.reject(gone());
  }

  #settle(): Asked | undefined {
    const asked = this.#asked;
    this.#asked = undefined;
    return asked;
  }

  #write(kind: number, text = ""): void {
    if (this.#socket.writable) this.#socket.write(writeBrokerFrame(kind, 0, { text }));
  }
}

function gone(): LostConnection {
  return new LostConnection("The database's process ended.");
}
