import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packageRoot } from "../../tools/paths.ts";
import { start, type Program } from "./processes.ts";

/** Limits are there to be reached by attackers: a test that is not about them lifts them. */
const config = `[limits]
sockets = 100000
socketsPerViewer = 100000
sessions = 100000
sessionsPerViewer = 100000
newSessionsPerSecond = 100000
eventsPerSecond = 1000000
requestsPerSecond = 1000000
`;

export interface Server extends Program {
  readonly url: string;
  readonly folder: string;
}

/** A copy of an app in a folder of its own, served by the real command. */
export async function serve(
  source: string,
  settings: { core?: number; config?: string; secrets?: string; args?: readonly string[] } = {},
): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), "strongroom-app-"));
  cpSync(source, folder, { recursive: true, filter: (path) => !path.includes("/state") });
  mkdirSync(join(folder, ".strongroom"), { recursive: true });
  appendFileSync(join(folder, ".strongroom", "config.toml"), `\n${config}${settings.config ?? ""}`);
  if (settings.secrets !== undefined)
    writeFileSync(join(folder, ".strongroom", "secrets.toml"), settings.secrets, { mode: 0o600 });
  const program = startApp(join(folder, "app.ts"), settings);
  const ready = await program.line(/^ready (http:\S+)$/);
  return {
    ...program,
    url: `${ready[1]}/`,
    folder,
    async [Symbol.asyncDispose]() {
      await program[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function startApp(
  script: string,
  settings: { core?: number; args?: readonly string[] } = {},
): Program {
  const args = ["run", script, "--port", "0", ...(settings.args ?? [])];
  const pin = settings.core === undefined ? {} : { core: settings.core };
  return start(process.execPath, [join(packageRoot, "bin", "strongroom.mjs"), ...args], pin);
}
