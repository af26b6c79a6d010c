import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { gitExposure } from "./git-exposure.ts";

test("git says whether a file is tracked, would be taken up, or is ignored", () => {
  const folder = mkdtempSync(join(tmpdir(), "strongroom-git-"));
  const git = (...args: readonly string[]): void =>
    void execFileSync("git", ["-C", folder, ...args], { stdio: "ignore" });
  const file = join(folder, ".strongroom", "secrets.toml");
  mkdirSync(join(folder, ".strongroom"));
  writeFileSync(file, "a = 1\n");
  try {
    expect(gitExposure(file)).toBe("none");
    git("init");
    expect(gitExposure(file)).toBe("not-ignored");
    git("add", "-A");
    expect(gitExposure(file)).toBe("tracked");
    git("rm", "--cached", "-r", ".");
    writeFileSync(join(folder, ".gitignore"), ".strongroom/secrets.toml\n");
    expect(gitExposure(file)).toBe("none");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
