import { spawn, type ChildProcess } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { packageRoot } from "../../tools/paths.ts";
import { workersOf } from "../running/processes.ts";

const ownApp = fileURLToPath(new URL("app", import.meta.url));

/** The app under fire: the real command on a copy of the app, at one port for its whole life. */
export class Target {
  readonly folder: string = mkdtempSync(join(tmpdir(), "strongroom-chaos-"));
  #child: ChildProcess | undefined;
  #port = 0;
  /** The version of the app that was saved last. */
  saves = 0;
  readonly output: string[] = [];

  static async start(source: string = ownApp): Promise<Target> {
    const target = new Target();
    cpSync(source, target.folder, { recursive: true, filter: (path) => !path.includes(".strongroom") });
    await target.#run();
    return target;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/`;
  }

  async #run(): Promise<void> {
    const args = [
      join(packageRoot, "bin", "strongroom.mjs"),
      "run",
      join(this.folder, "app.ts"),
      "--port",
      String(this.#port),
    ];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
    this.#child = child;
    createInterface({ input: child.stderr }).on("line", (line) => this.output.push(line));
    const lines = createInterface({ input: child.stdout });
    const ready = new Promise<string>((resolve, reject) => {
      lines.on("line", (line) => {
        this.output.push(line);
        const url = /^ready (http:\S+)$/.exec(line)?.[1];
        if (url !== undefined) resolve(url);
      });
      child.once("exit", () => reject(new Error(`The server ended:\n${this.output.slice(-20).join("\n")}`)));
    });
    this.#port = Number(new URL(await ready).port);
  }

  killWorker(): void {
    const [worker] = workersOf(this.#child?.pid ?? 0);
    if (worker !== undefined) process.kill(worker, "SIGKILL");
  }

  /** Kills the gateway without a warning and starts it again. */
  async killGateway(): Promise<void> {
    const child = this.#child;
    const ended = new Promise((resolve) => child?.once("exit", resolve));
    child?.removeAllListeners("exit");
    const gone = new Promise((resolve) => child?.once("exit", resolve));
    child?.kill("SIGKILL");
    await Promise.race([ended, gone]);
    await this.#run();
  }

  saveApp(): void {
    const script = join(this.folder, "app.ts");
    this.saves++;
    writeFileSync(script, readFileSync(script, "utf8").replace(/version \d+/, `version ${this.saves}`));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const child = this.#child;
    const ended = new Promise((resolve) => child?.once("exit", resolve));
    child?.kill("SIGTERM");
    const timer = setTimeout(() => child?.kill("SIGKILL"), 5_000);
    await ended;
    clearTimeout(timer);
    rmSync(this.folder, { recursive: true, force: true });
  }
}
