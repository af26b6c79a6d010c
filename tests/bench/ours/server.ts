import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { packageRoot } from "../../../tools/paths.ts";
import { start, type Program } from "../machine.ts";

/** The folder of one of the apps under measurement. */
export function pageFolder(name: "plain" | "hog"): string {
  return fileURLToPath(new URL(`../pages/${name}`, import.meta.url));
}

/** What an operator of a quiet machine would set; the limits are there to be reached by attackers, not by a bench. */
const config = `[limits]
sockets = 100000
socketsPerViewer = 100000
sessions = 100000
sessionsPerViewer = 100000
newSessionsPerSecond = 100000
eventsPerSecond = 1000000
`;

export interface Server extends Program {
  readonly url: string;
  readonly folder: string;
}

/** A copy of an app in a folder of its own, served by the real command. */
export async function serve(
  source: string,
  settings: { core?: number; config?: string; args?: readonly string[] } = {},
): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), "strongroom-bench-"));
  cpSync(source, folder, { recursive: true, filter: (path) => !path.includes("/state") });
  mkdirSync(join(folder, ".strongroom"), { recursive: true });
  writeFileSync(join(folder, ".strongroom", "config.toml"), config + (settings.config ?? ""));
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
