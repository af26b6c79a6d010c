import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { bubblewrapArguments, type Cell } from "./bubblewrap.ts";

const bubblewrap = "/usr/bin/bwrap";
const system = ["/bin", "/lib", "/lib64", "/usr"].filter((path) => existsSync(path));

/** What a command prints in a cell that shows an app's folder whole, but for what is covered. */
function inCell(folder: string, command: readonly string[]): string {
  const hidden = join(folder, ".strongroom");
  const cell: Cell = {
    way: process.getuid?.() === 0 ? "demoted" : "user",
    setpriv: "/usr/bin/setpriv",
    readable: [...system, folder],
    hidden: [hidden],
    shownAgain: [join(hidden, "state", "build")],
    network: "none",
    environment: [],
    folder,
  };
  const { stdout, stderr } = spawnSync(bubblewrap, bubblewrapArguments(cell, command));
  return String(stdout) + String(stderr);
}

test.skipIf(!existsSync(bubblewrap))("what is covered is not there, though its folder is shown whole", () => {
  const folder = mkdtempSync(join(tmpdir(), "strongroom-cell-"));
  try {
    chmodSync(folder, 0o755);
    mkdirSync(join(folder, ".strongroom", "state", "build"), { recursive: true });
    writeFileSync(join(folder, "app.ts"), "");
    writeFileSync(join(folder, ".strongroom", "secrets.toml"), "canary");
    writeFileSync(join(folder, ".strongroom", "state", "key"), "canary");
    writeFileSync(join(folder, ".strongroom", "state", "build", "page.js"), "");
    const seen = inCell(folder, ["/usr/bin/find", folder, "-type", "f"]);
    expect(seen.trim().split("\n").toSorted()).toEqual([
      join(folder, ".strongroom", "state", "build", "page.js"),
      join(folder, "app.ts"),
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
