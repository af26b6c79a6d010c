import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { treeOf } from "../../../../../tests/running/processes.ts";
import { ownPackage } from "./readable.ts";

/** A gateway in a process of its own: it starts a pool, makes a worker loop, and says so. */
const gateway = (sandbox: string): string => `
import { pino } from ${JSON.stringify(import.meta.resolve("pino"))};
import { startPool } from ${JSON.stringify(join(ownPackage().dist, "gateway/supervise/pool.js"))};
const folder = process.argv[2];
const runner = { workers: 1, isolation: "shared", network: "none", sandbox: "${sandbox}", maxBlockSeconds: 600, maxMemoryMb: 400, enforceSerializableSessionState: true };
const pool = await startPool({
  appFolder: folder, script: folder + "/app.ts", stateFolder: folder + "/.strongroom/state", editing: false, secrets: {},
  connections: { shop: { type: "sqlite", path: "shop.db" } }, log: pino({ level: "silent" }),
  config: { runner, client: { showErrorDetails: "full" }, session: { maxStateBytes: 8e6 }, server: { maxCacheDataSize: 1e6, maxCacheDiskSize: 1e6 } },
});
const nothing = () => {};
await pool.place({ text: nothing, commit: nothing, bytes: nothing, release: nothing, slot: nothing, read: nothing, lost: nothing }, { page: "", query: "", viewer: "", user: { isLoggedIn: false }, treeAtLeast: 0 });
setTimeout(() => console.log("loops"), 500);
`;

const isThere = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false; // it has ended
  }
};

test.runIf(process.platform === "linux").each(["auto", "none"])(
  "a gateway that is killed takes all of its children with it, also one that loops: sandbox %s",
  { timeout: 30_000 },
  async (sandbox) => {
    const folder = mkdtempSync(join(tmpdir(), "strongroom-orphans-"));
    writeFileSync(join(folder, "app.ts"), 'import { st } from "strongroom";\nst.text("x");\nfor (;;);\n');
    const program = join(folder, "gateway.mjs");
    writeFileSync(program, gateway(sandbox));
    try {
      const child = spawn(process.execPath, [program, folder], { stdio: ["ignore", "pipe", "inherit"] });
      await new Promise((resolve) => child.stdout.once("data", resolve));
      const children = treeOf(child.pid ?? 0);
      expect(children.length).toBeGreaterThan(3);
      child.kill("SIGKILL");
      await expect.poll(() => children.filter(isThere), { timeout: 5_000 }).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
