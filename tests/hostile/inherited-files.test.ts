import { mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { packageRoot } from "../../tools/paths.ts";
import { start, treeOf } from "../running/processes.ts";

const onLinux = process.platform === "linux";

/** The files that a process holds open; none where it has ended. */
function filesOf(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).map((name) => readlinkSync(`/proc/${pid}/fd/${name}`));
  } catch {
    return []; // it ended while we looked
  }
}

test.skipIf(!onLinux)("a file that the starting shell left open reaches no process of ours", async () => {
  const folder = mkdtempSync(join(tmpdir(), "strongroom-inherited-"));
  const left = join(folder, "left-open");
  try {
    writeFileSync(left, "of the shell alone");
    writeFileSync(join(folder, "app.ts"), `import { st } from "strongroom";\nst.title("Here");\n`);
    const words = [
      process.execPath,
      join(packageRoot, "bin", "strongroom.mjs"),
      "run",
      join(folder, "app.ts"),
    ];
    const script = `exec 20<"$0"; exec "$@" --port 0`;
    await using program = start("bash", ["-c", script, left, ...words]);
    await program.line(/^ready /);
    const tree = treeOf(program.pid);
    expect(tree.length).toBeGreaterThan(2);
    expect(readFileSync(`/proc/${program.pid}/cmdline`, "utf8")).toContain("strongroom.mjs");
    for (const pid of tree) expect(filesOf(pid)).not.toContain(left);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
