import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { packageRoot } from "../../tools/paths.ts";
import { cases } from "./cases.ts";
import { makeApp, type MadeApp } from "./made-app.ts";

const examples = fileURLToPath(new URL("../../examples", import.meta.url));

/** The real command, which asks nobody about packages. */
function command(folder: string, ...args: readonly string[]): { status: number | null; stdout: string } {
  const program = join(packageRoot, "bin", "strongroom.mjs");
  const { status, stdout } = spawnSync(process.execPath, [program, "check", "--offline", ...args], {
    cwd: folder,
    env: { PATH: process.env["PATH"], HOME: folder },
    encoding: "utf8",
  });
  return { status, stdout };
}

function appOf(id: string, which: "bad" | "good"): MadeApp {
  return makeApp(cases[id]?.[which] ?? { files: {} });
}

test("the exit code is 0 without an error, 1 with one, 2 where there is no app", () => {
  using good = appOf("CHK-SANDBOX", "good");
  expect(command(good.folder).status).toBe(0);
  using bad = appOf("CHK-SANDBOX", "bad");
  const { status, stdout } = command(bad.folder);
  expect(status).toBe(1);
  expect(stdout).toContain(".strongroom/config.toml:4 error CHK-SANDBOX\n");
  expect(command(bad.folder, "nowhere.ts").status).toBe(2);
  expect(command(bad.folder, "--jsno").status).toBe(2);
});

test("warnings count with --strict only, and flags are looked at as run would take them", () => {
  using warned = appOf("CHK-NETWORK", "bad");
  expect(command(warned.folder).status).toBe(0);
  expect(command(warned.folder, "--strict").status).toBe(1);
  using good = appOf("CHK-SANDBOX", "good");
  expect(command(good.folder, "--runner.sandbox", "none").stdout).toContain("flag --runner.sandbox");
});

test("--json is one value, and nothing is written into the app's folder", () => {
  using bad = appOf("CHK-SANDBOX", "bad");
  const before = readdirSync(bad.folder, { recursive: true });
  const report: unknown = JSON.parse(command(bad.folder, "--json").stdout);
  expect(report).toMatchObject({
    findings: [{ id: "CHK-SANDBOX", severity: "error", file: ".strongroom/config.toml", line: 4 }],
    skipped: [{ id: "CHK-DEPENDENCIES" }],
  });
  expect(readdirSync(bad.folder, { recursive: true })).toEqual(before);
});

test.each(readdirSync(examples))("the example %s has no error", (name) => {
  const { status, stdout } = command(join(examples, name));
  expect([status, stdout.includes(" error CHK-")]).toEqual([0, false]);
});
