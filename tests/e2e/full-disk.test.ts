import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { startApp } from "../running/app-server.ts";
import { openRaw } from "../running/raw-session.ts";

const app = fileURLToPath(new URL("../chaos/app/app.ts", import.meta.url));

/** An app whose state folder is a disk of 2 MB; gone at the end of the test. Nothing where no disk can be made. */
function smallDisk() {
  const folder = mkdtempSync(join(tmpdir(), "strongroom-disk-"));
  const state = join(folder, ".strongroom", "state");
  mkdirSync(state, { recursive: true });
  cpSync(app, join(folder, "app.ts"));
  const made = spawnSync("mount", ["-t", "tmpfs", "-o", "size=2m,mode=700", "tmpfs", state]);
  return {
    isMade: made.status === 0,
    script: join(folder, "app.ts"),
    filler: join(state, "filler"),
    [Symbol.dispose]: () => {
      if (made.status === 0) spawnSync("umount", ["-l", state]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

test("a full disk under the store: one message, the server lives, and writes again when there is room", async (context) => {
  using disk = smallDisk();
  if (!disk.isMade) return context.skip("only an administrator can make a small disk");
  await using program = startApp(disk.script);
  const url = `${(await program.line(/^ready (http:\S+)$/))[1] ?? ""}/`;
  const session = await openRaw(url);
  fillUp(disk.filler);
  const press = (): Promise<unknown> => session.send({ trigger: { id: "button:Count" } });
  for (let click = 0; click < 100; click++) await press();
  expect(session.last).toContain("Counted 100");
  await program.line(/Sessions cannot be written.*free some disk space/);
  rmSync(disk.filler);
  await program.line(/Sessions are written again/);
  await press();
  expect(session.last).toContain("Counted 101");
});

/** Writes until nothing more goes in, in ever smaller pieces. */
function fillUp(file: string): void {
  for (let bytes = 2 ** 20; bytes >= 512; bytes /= 2) {
    try {
      for (;;) writeFileSync(file, Buffer.alloc(bytes), { flag: "a" });
    } catch {
      // Full for this size: that is what was wanted.
    }
  }
}
