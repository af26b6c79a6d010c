import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "../../../tools/paths.ts";
import { start, type Program } from "../../running/processes.ts";

const version = "1.67.0";
const environment = join(root, ".cache", "streamlit");
const page = fileURLToPath(new URL("page.py", import.meta.url));
const client = fileURLToPath(new URL("client.py", import.meta.url));

/** What a raw client saw of it. */
export interface Seen {
  readonly seconds: readonly number[];
  readonly bytes: readonly number[];
  readonly frames: readonly number[];
  readonly perSecond: number | null;
}

/** Installs Streamlit into an environment of its own; answers why that cannot be, or nothing. */
export function installStreamlit(): string | undefined {
  if (existsSync(join(environment, "bin", "streamlit"))) return undefined;
  if (spawnSync("python3", ["--version"]).status !== 0) return "Python is not on this machine";
  console.error(`Installing Streamlit ${version} into .cache (once)`);
  const made = spawnSync("python3", ["-m", "venv", environment], { stdio: "ignore" });
  if (made.status !== 0) return "python3 -m venv failed";
  const pip = join(environment, "bin", "pip");
  const installed = spawnSync(pip, ["install", "--quiet", `streamlit==${version}`], { stdio: "ignore" });
  return installed.status === 0 ? undefined : `pip could not install streamlit==${version}`;
}

export interface StreamlitServer extends Program {
  readonly port: number;
  readonly url: string;
}

export async function serveStreamlit(core: number): Promise<StreamlitServer> {
  const port = await freePort();
  const flags = ["--server.address", "127.0.0.1", "--server.port", String(port), "--server.headless", "true"];
  const quiet = ["--browser.gatherUsageStats", "false", "--server.fileWatcherType", "none"];
  const program = start(join(environment, "bin", "streamlit"), ["run", page, ...flags, ...quiet], { core });
  await program.line(/URL:/);
  return { ...program, port, url: `http://127.0.0.1:${port}/` };
}

export function measureStreamlit(port: number, settings: { steps: number; sessions: number }): Seen {
  const args = [client, port, settings.steps, 10, settings.sessions].map(String);
  const { stdout, status, stderr } = spawnSync(join(environment, "bin", "python"), args, {
    encoding: "utf8",
    timeout: 120_000,
  });
  if (status !== 0) throw new Error(`The Streamlit client failed: ${stderr.slice(-500)}`);
  // Our own script wrote it.
  return JSON.parse(stdout) as Seen;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
