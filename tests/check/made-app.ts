import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { CheckOrder } from "../../packages/strongroom/src/cli/check/app.ts";
import { check, type Report } from "../../packages/strongroom/src/cli/check/report.ts";
import type { App } from "./cases.ts";

/** An app on disk, gone at the end of the test. */
export interface MadeApp extends Disposable {
  readonly folder: string;
  /** What a check finds in it. */
  look(more?: Pick<CheckOrder, "auditMs" | "environment">): Promise<Report>;
}

export function makeApp({ files, git = false, links = {}, open = [] }: App): MadeApp {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "strongroom-checked-")));
  const [folder, home] = [join(root, "app"), join(root, "home")];
  mkdirSync(home);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text, { mode: open.includes(path) ? 0o644 : 0o600 });
  }
  for (const [path, target] of Object.entries(links)) symlinkSync(target, join(folder, path));
  if (open.length > 0) for (const path of [root, folder]) chmodSync(path, 0o755);
  if (git)
    for (const args of [
      ["init", "-q"],
      ["add", "-A"],
    ])
      spawnSync("git", args, { cwd: folder });
  return {
    folder,
    look: (more = { auditMs: 0, environment: {} }) =>
      check({
        target: { folder, script: join(folder, "app.ts") },
        home,
        flags: new Map(),
        ...more,
      }),
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  };
}
