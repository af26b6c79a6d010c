import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { commandOf, isLiving, treeOf } from "../../../../../tests/running/processes.ts";
import { startChild } from "./child.ts";
import type { Launch } from "./launch.ts";
import { findPrograms } from "./programs.ts";
import { ownPackage } from "./readable.ts";
import { sandboxes } from "./sandbox.ts";

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
console.log("placed");
`;

test.runIf(process.platform === "linux").each(["auto", "none"])(
  "a gateway that is killed takes all of its children with it, also one that loops: sandbox %s",
  async (sandbox) => {
    const folder = mkdtempSync(join(tmpdir(), "strongroom-orphans-"));
    writeFileSync(join(folder, "app.ts"), 'import { st } from "strongroom";\nst.text("x");\nfor (;;);\n');
    const program = join(folder, "gateway.mjs");
    writeFileSync(program, gateway(sandbox));
    try {
      const child = spawn(process.execPath, [program, folder], { stdio: ["ignore", "pipe", "inherit"] });
      await new Promise((resolve) => child.stdout.once("data", resolve));
      await expect.poll(() => treeOf(child.pid ?? 0).length).toBeGreaterThan(3);
      const children = treeOf(child.pid ?? 0);
      child.kill("SIGKILL");
      await expect.poll(() => children.filter(isLiving)).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);

/** How an app's workers are started where there is bubblewrap. */
async function celled(folder: string): Promise<Launch> {
  const place = {
    appFolder: folder,
    script: join(folder, "app.ts"),
    stateFolder: join(folder, ".strongroom/state"),
  };
  const settings = { own: ownPackage(), network: "none", heapMb: 100, programs: findPrograms() } as const;
  const [walled] = await sandboxes("bubblewrap", { ...place, ...settings });
  if (walled === undefined) throw new Error("A sandbox was expected.");
  return walled.launch(1);
}

/** Processes whose command names a folder. */
function naming(folder: string): readonly string[] {
  return readdirSync("/proc").filter(
    (name) => /^\d+$/.test(name) && commandOf(Number(name)).some((word) => word.includes(folder)),
  );
}

/** A gateway that starts a worker, and is killed so many milliseconds later. */
const shortLived = `
import { startChild } from ${JSON.stringify(join(ownPackage().dist, "gateway/supervise/child.js"))};
const launches = JSON.parse(process.env.LAUNCHES);
for (const launch of launches) startChild(launch, undefined);
setTimeout(() => process.kill(process.pid, "SIGKILL"), Number(process.env.AFTER));
`;

describe.runIf(findPrograms().bubblewrap !== undefined)(
  "of a cell that is still being made, nothing is left",
  () => {
    let folder = "";
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), "strongroom-orphans-"));
      mkdirSync(join(folder, ".strongroom/state/build"), { recursive: true });
      writeFileSync(join(folder, "app.ts"), "");
    });
    afterEach(() => rmSync(folder, { recursive: true, force: true }));

    test("when its worker is killed", async () => {
      const launch = await celled(folder);
      for (let times = 0; times < 40; times++) {
        const child = startChild(launch, undefined);
        await setTimeout(times % 20);
        child.kill();
        await child.ended;
      }
      await expect.poll(() => naming(folder)).toEqual([]);
    });

    test("when its gateway is killed", async () => {
      const launch = await celled(folder);
      const program = join(folder, "short-lived.mjs");
      writeFileSync(program, shortLived);
      for (let times = 0; times < 12; times++) {
        const env = {
          LAUNCHES: JSON.stringify(Array.from({ length: 4 }, () => launch)),
          AFTER: String(times),
        };
        const gateway = spawn(process.execPath, [program], { env, stdio: "inherit" });
        await once(gateway, "exit");
      }
      await expect.poll(() => naming(folder)).toEqual([]);
    });
  },
);
