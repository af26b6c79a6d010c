import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { packageRoot } from "../../tools/paths.ts";

let folder = "";
let canary = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "strongroom-hostile-"));
  canary = join(folder, "ran");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A folder of which everything runs that something may run. */
function lay(): void {
  const touch = `require("node:fs").appendFileSync(${JSON.stringify(canary)}, __filename + "\\n");`;
  const shell = `#!/bin/sh\necho "$0" >> '${canary}'\n`;
  const files = {
    "app.ts": `import { st } from "strongroom";\nimport "evil";\nimport { writeFileSync } from "node:fs";\nwriteFileSync(${JSON.stringify(canary)}, "app");\nst.title("x");\n`,
    "evil.cjs": touch,
    "strongroom.config.ts": `import "evil";`,
    "strongroom.config.js": touch,
    "esbuild.config.js": touch,
    "vite.config.js": touch,
    "tsconfig.json": '{"compilerOptions":{"plugins":[{"name":"evil"}]}}',
    ".npmrc": `script-shell=${join(folder, "evil.sh")}\nnode-options=--require=${join(folder, "evil.cjs")}\ngit=${join(folder, "evil.sh")}\nonload-script=${join(folder, "evil.cjs")}\nignore-scripts=false\n`,
    "evil.sh": shell,
    git: shell,
    "node_modules/.bin/git": shell,
    "node_modules/.bin/npm": shell,
    "node_modules/.bin/node": shell,
    "node_modules/evil/index.js": touch,
    "node_modules/evil/package.json":
      '{"name":"evil","version":"1.0.0","main":"index.js","scripts":{"install":"node index.js"}}',
    "node_modules/strongroom/package.json": '{"name":"strongroom","version":"9.9.9","main":"index.js"}',
    "node_modules/strongroom/index.js": touch,
    "node_modules/esbuild/package.json": '{"name":"esbuild","main":"index.js"}',
    "node_modules/esbuild/index.js": touch,
    "package.json":
      '{"name":"x","version":"1.0.0","scripts":{"preinstall":"node evil.cjs","audit":"node evil.cjs","prepare":"node evil.cjs"},"dependencies":{"evil":"1.0.0"}}',
    "package-lock.json": JSON.stringify({
      lockfileVersion: 3,
      packages: {
        "": { dependencies: { evil: "git+ssh://git@attacker.example/evil.git" } },
        "node_modules/evil": {
          version: "1.0.0",
          resolved: "git+ssh://git@attacker.example/evil.git#0123456",
        },
      },
    }),
    ".strongroom/config.toml": '[access]\nallow = "signed-in"\n',
    ".strongroom/secrets.toml": 'key = "a-long-secret"\n',
    ".git/hooks/post-checkout": shell,
    ".git/hooks/fsmonitor-watchman": shell,
  };
  spawnSync("git", ["init", "-q"], { cwd: folder });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text, { mode: 0o600 });
    if (text === shell) chmodSync(join(folder, path), 0o755);
  }
  const settings = `[core]\nfsmonitor = ${join(folder, "evil.sh")}\nhooksPath = ${join(folder, ".git/hooks")}\nsshCommand = ${join(folder, "evil.sh")}\npager = ${join(folder, "evil.sh")}\n[alias]\nls-files = !${join(folder, "evil.sh")}\ncheck-ignore = !${join(folder, "evil.sh")}\n[filter "x"]\nclean = ${join(folder, "evil.sh")}\nsmudge = ${join(folder, "evil.sh")}\n`;
  writeFileSync(join(folder, ".git", "config"), settings, { flag: "a" });
  writeFileSync(join(folder, ".gitattributes"), "* filter=x diff=x\n");
}

function strongroom(...args: readonly string[]): void {
  const program = join(packageRoot, "bin", "strongroom.mjs");
  // Whoever works in a folder has its programs on the path after the system's.
  const PATH = `${process.env["PATH"] ?? ""}${delimiter}${join(folder, "node_modules", ".bin")}${delimiter}${folder}`;
  // Nobody outside is asked whether its packages have faults.
  const npm = { npm_config_registry: "http://127.0.0.1:9/", npm_config_fetch_retries: "0" };
  const env = { ...process.env, PATH, HOME: folder, ...npm };
  spawnSync(process.execPath, [program, ...args], { cwd: folder, env, input: "", timeout: 120_000 });
}

test("no command runs what lies in the folder, but run, which runs the app", { timeout: 120_000 }, () => {
  lay();
  for (const args of [
    ["check"],
    ["check", "--json"],
    ["config", "show"],
    ["secrets", "list"],
    ["audit", "verify"],
    ["secrets", "rm", "key"],
    ["init"],
    ["version"],
  ]) {
    strongroom(...args);
    expect([args.join(" "), existsSync(canary)]).toEqual([args.join(" "), false]);
  }
  // The folder is as hostile as it looks: what is not careful runs it.
  spawnSync("git", ["status"], { cwd: folder });
  expect(existsSync(canary)).toBe(true);
});
