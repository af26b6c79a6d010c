import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";

const program = fileURLToPath(new URL("../../bin/strongroom.mjs", import.meta.url));
const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function folderWith(files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "strongroom-cli-"));
  made.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** Runs the real command in a folder. */
function strongroom(
  cwd: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
) {
  const env = { PATH: process.env["PATH"], HOME: cwd, ...environment };
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd,
    env,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

test("without a command, and with --help, it says what there is", () => {
  const folder = folderWith();
  for (const args of [[], ["--help"], ["help"]]) {
    const { status, stdout } = strongroom(folder, args);
    expect(status).toBe(0);
    for (const part of ["strongroom run", "strongroom init", "config show"]) expect(stdout).toContain(part);
  }
  expect(strongroom(folder, ["run", "--help"]).stdout).toContain("--port N");
});

test.each([
  [["rnu"], 'There is no command "rnu". Did you mean strongroom run?'],
  [["config"], "Did you mean strongroom config show?"],
  [["config", "list"], "Did you mean strongroom config show?"],
  [["config", "shw"], "Did you mean strongroom config show?"],
  [["app.ts"], "Did you mean strongroom run app.ts?"],
  [["run", "--prot", "1"], "There is no flag --prot here. Did you mean --port?"],
  [["version", "--jsn"], "There is no flag --jsn here."],
  [["help", "rnu"], 'There is no command "rnu". Did you mean strongroom run?'],
  [["run", "--port"], "--port needs a value"],
  [["run", "--no-watch=1"], "--no-watch stands alone"],
  [["run", "a.ts", "b.ts"], '"b.ts" is one word too many'],
  [["run", "--port", "1", "--server.port", "2"], "says twice"],
  [["run", "--server.prot", "1"], "Did you mean --server.port?"],
])("%j: the nearest that there is, the usage, and exit code 2", (args, message) => {
  const { status, stdout, stderr } = strongroom(folderWith(), args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toContain(message);
  expect(stderr).toContain(`strongroom ${args[0] === "version" ? "version" : "run"}`);
});

test("version is that of the package", () => {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  const { version } = JSON.parse(text) as { version: string };
  expect(strongroom(folderWith(), ["version"]).stdout).toContain(`strongroom ${version} `);
});

test("init makes an app, and leaves what is there", () => {
  const folder = folderWith({ "app.ts": "mine", ".gitignore": "dist" });
  expect(strongroom(folder, ["init"]).status).toBe(0);
  expect(readFileSync(join(folder, "app.ts"), "utf8")).toBe("mine");
  expect(readFileSync(join(folder, ".gitignore"), "utf8")).toBe(
    "dist\nnode_modules/\n.strongroom/state/\n.strongroom/secrets.toml\n.strongroom/age.key\n.streamlit/secrets.toml\n",
  );
  expect(strongroom(folder, ["config", "show"]).status).toBe(0);
  const before = readFileSync(join(folder, ".gitignore"), "utf8");
  expect(strongroom(folder, ["init"]).stdout).toContain("kept   .gitignore");
  expect(readFileSync(join(folder, ".gitignore"), "utf8")).toBe(before);
});

test("init makes a folder of the name given", () => {
  const folder = folderWith();
  const { stdout } = strongroom(folder, ["init", "new-app"]);
  expect(stdout).toContain("strongroom run new-app/app.ts");
  expect(readdirSync(join(folder, "new-app")).sort()).toEqual([".gitignore", ".strongroom", "app.ts"]);
});

test("config show tells each value and where it came from", () => {
  const folder = folderWith({
    ".strongroom/config.toml": '[session]\n\nttl = "2h"\n[connections.shop]\npassword = "hunter2"\n',
  });
  const { stdout } = strongroom(folder, ["config", "show", "--port", "81"], { STRONGROOM_LOG_LEVEL: "warn" });
  expect(stdout).toMatch(/^ttl = "2h" +# .*\.strongroom\/config\.toml:3$/m);
  expect(stdout).toMatch(/^port = 81 +# flag --port$/m);
  expect(stdout).toMatch(/^level = "warn" +# environment STRONGROOM_LOG_LEVEL$/m);
  expect(stdout).toMatch(/^host = "127.0.0.1" +# default$/m);
  expect(stdout).toContain("[connections.shop]");
  expect(stdout).not.toContain("hunter2");
});

test.each<[string, Record<string, string>, readonly string[], readonly string[]]>([
  ["no app", {}, [], ["app.ts was not found", "strongroom init"]],
  [
    "a wrong option",
    { ".strongroom/config.toml": "[server]\nport = []\n" },
    [],
    ["config.toml:2", "server.port", "a whole number"],
  ],
  [
    "a switch that there is not, in Streamlit's file",
    { ".streamlit/config.toml": "[server]\nenableXsrfProtection = false\n" },
    [],
    ["config.toml:2 server.enableXsrfProtection: expected no such option"],
  ],
  [
    "a colour on which nothing can be read",
    { ".strongroom/config.toml": '[theme]\nbackgroundColor = "#000"\n' },
    [],
    ["config.toml:2 theme.backgroundColor: expected a colour with which text can be read"],
  ],
  ["every address without an access line", {}, ["--host", "0.0.0.0"], ['[access]\nallow = "anyone"']],
  [
    "a connection of an unknown type",
    { ".strongroom/config.toml": '[connections.a]\npath = "hunter2"\ntype = "oracle"\n' },
    [],
    ["config.toml:3 connections.a.type", "one of postgres, mysql"],
  ],
  [
    "an unknown key of a connection, in the secrets",
    { ".strongroom/secrets.toml": '[connections.a]\ntype = "sqlite"\npasswort = "hunter2"\n' },
    [],
    ["secrets.toml:3 connections.a.passwort", "one of type, write, ", "path, seed"],
  ],
  [
    "a connection without its path",
    { ".strongroom/config.toml": '[connections.a]\ntype = "sqlite"\n' },
    [],
    ["config.toml:1 connections.a", "path"],
  ],
  [
    "a database that is not there",
    { ".strongroom/config.toml": '[connections.a]\ntype = "sqlite"\npath = "hunter2.db"\n' },
    [],
    ["config.toml:3 connections.a.path", "no such file", "`seed`"],
  ],
  [
    "a seed that is not there",
    { ".strongroom/config.toml": '[connections.a]\ntype = "sqlite"\npath = "a.db"\nseed = "hunter2"\n' },
    [],
    ["config.toml:4 connections.a.seed", "a file of SQL"],
  ],
  [
    "a password among what is published",
    { ".strongroom/config.toml": '[connections.a]\ntype = "postgres"\npassword = "hunter2"\n' },
    [],
    ["config.toml:3 connections.a.password", "strongroom secrets set connections.a.password"],
  ],
  [
    "a password in a URL among what is published",
    { ".strongroom/config.toml": '[connections.a]\ntype = "postgres"\nurl = "postgres://x:hunter2@db/a"\n' },
    [],
    ["config.toml:3 connections.a.url", "strongroom secrets set connections.a.password"],
  ],
  [
    "a key in a header among what is published",
    { ".strongroom/config.toml": '[connections.a]\ntype = "http"\nheaders.X-Api-Key = "hunter2"\n' },
    [],
    ["config.toml:3 connections.a.headers.X-Api-Key", "strongroom secrets set"],
  ],
  ["broken secrets", { ".strongroom/secrets.toml": 'KEY = "hunter2\n' }, [], ["secrets.toml:1:"]],
])("%s: one message with the fix, and exit code 1", (name, files, args, parts) => {
  const folder = folderWith({ ...(name === "no app" ? {} : { "app.ts": "" }), ...files });
  const { status, stdout, stderr } = strongroom(folder, ["run", ...args]);
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  for (const part of parts) expect(stderr).toContain(part);
  expect(stderr).not.toContain("hunter2");
  expect(stderr).not.toContain("    at ");
});

test("a flag that a command does not take is told with its usage, whichever command", () => {
  const { status, stderr } = strongroom(folderWith(), ["init", "--foo"]);
  expect(status).toBe(2);
  expect(stderr).toMatch(/^There is no flag --foo here\.\n\nUsage: strongroom init/);
});
