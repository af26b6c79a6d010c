import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";

const program = fileURLToPath(new URL("../../bin/strongroom.mjs", import.meta.url));
const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const value = "k7Qm2xV9pL4tR8wZ";
const plain = ".strongroom/secrets.toml";
const sealed = `${plain}.age`;
const keyFile = ".strongroom/age.key";

/** An app in a repository of its own, whose owner has nothing else at home. */
function appWith(files: Readonly<Record<string, string>> = {}) {
  const folder = mkdtempSync(join(tmpdir(), "strongroom-commands-"));
  made.push(folder);
  mkdirSync(join(folder, "home"));
  mkdirSync(join(folder, "app", ".strongroom"), { recursive: true });
  const app = join(folder, "app");
  const git = (...args: readonly string[]): string =>
    spawnSync("git", ["-C", app, ...args], { encoding: "utf8" }).stdout;
  git("init", "-q");
  for (const [path, text] of Object.entries(files)) writeFileSync(join(app, path), text, { mode: 0o600 });
  return {
    app,
    git,
    text: (path: string) => readFileSync(join(app, path), "utf8"),
    has: (path: string) => existsSync(join(app, path)),
    mode: (path: string) => statSync(join(app, path)).mode & 0o777,
    /** The real command; all that it prints is looked through for the value. */
    secrets: (args: readonly string[], input = "", environment: Readonly<Record<string, string>> = {}) => {
      const env = { PATH: process.env["PATH"], HOME: join(folder, "home"), ...environment };
      const { status, stdout, stderr } = spawnSync(process.execPath, [program, "secrets", ...args], {
        cwd: app,
        env,
        input,
        encoding: "utf8",
      });
      expect(stdout + stderr).not.toContain(value);
      return { status, stdout, stderr };
    },
  };
}

test("set writes a file that only its owner reads and git ignores; list names what there is, rm takes it out", () => {
  const { app, secrets, text, mode, git } = appWith();
  expect(secrets(["set", "API_KEY"], `${value}\n`)).toMatchObject({ status: 0 });
  expect(secrets(["set", "connections.shop.password"], value).status).toBe(0);
  expect(text(plain)).toBe(`API_KEY = "${value}"\n\n[connections.shop]\npassword = "${value}"\n`);
  expect([mode(plain), git("status", "--porcelain", "-uall")]).toEqual([
    0o600,
    "?? .strongroom/.gitignore\n",
  ]);
  const { stdout } = secrets(["list"]);
  const path = join(app, plain);
  expect(stdout).toBe(`API_KEY                    ${path}\nconnections.shop.password  ${path}\n`);
  expect(secrets(["rm", "API_KEY"]).status).toBe(0);
  expect(text(plain)).not.toContain("API_KEY");
  expect(secrets(["rm", "API_KEY"])).toMatchObject({ status: 1 });
  expect(readdirSync(join(app, ".strongroom")).sort()).toEqual([".gitignore", "secrets.toml"]);
});

test("comments stay, and a file that is open to others is not touched", () => {
  const commented = `# Whose key this is.\nAPI_KEY = "old" # ask Kim\n`;
  const { app, secrets, text } = appWith({ [plain]: commented, ".gitignore": "secrets.toml\n" });
  expect(secrets(["set", "API_KEY"], value).status).toBe(0);
  expect(text(plain)).toBe(commented.replace("old", value));
  spawnSync("git", ["-C", app, "add", "-f", plain]);
  expect(secrets(["set", "API_KEY"], "other-value").stderr).toContain("tracked by git");
});

test.each([
  [["set", "API_KEY", value]],
  [["set", "API_KEY", ".", value]],
  [["set", `API_KEY=${value}`]],
  [["set", ""]],
  [["set"]],
  [["rm", `a b ${value}`]],
])("a value as a word of the command is refused and not said again: %#", (args) => {
  const { secrets, has } = appWith();
  const { status, stderr } = secrets(args, "x");
  expect(status).toBe(1);
  expect(stderr).toMatch(/is never a word of the command/);
  expect(has(plain)).toBe(false);
});

test("an empty value, and a value without end, are refused; a plain one is told of", () => {
  const { secrets, has } = appWith();
  expect(secrets(["set", "A"], "\n").stderr).toMatch(/A value was expected/);
  expect(secrets(["set", "A"], "x".repeat(1_000_001)).stderr).toMatch(/at most/);
  expect(has(plain)).toBe(false);
  for (const value of ["word", "swordfish", "1234567", "a1b2c"])
    expect(secrets(["set", "PW"], value).stderr).toBe(
      "PW is too short (or too common a word) to be hidden in what leaves the server: use at least 8 characters with letters and digits.\n",
    );
  expect(secrets(["set", "PW"], "sword1fish").stderr).toBe("");
});

test("a broken file is told by its line", () => {
  const { secrets } = appWith({ [plain]: `a = 1\nb = ${value}\n`, ".gitignore": "secrets.toml\n" });
  for (const args of [["set", "A"], ["list"], ["seal"]])
    expect(secrets(args, "some-value1").stderr).toMatch(/secrets\.toml:2:/);
});

test("sealed secrets are safe to commit; they are set, listed and opened with the key", () => {
  const { secrets, text, has, mode, git } = appWith();
  secrets(["set", "API_KEY"], value);
  expect(secrets(["seal"])).toMatchObject({ status: 0 });
  expect([has(plain), mode(keyFile)]).toEqual([false, 0o600]);
  expect(text(sealed)).not.toContain(value);
  expect(git("status", "--porcelain", "-uall")).toBe(`?? .strongroom/.gitignore\n?? ${sealed}\n`);
  expect(secrets(["set", "mail.password"], `${value}2`).status).toBe(0);
  expect(secrets(["list"]).stdout).toMatch(/^API_KEY .*\.age\nmail\.password .*\.age\n$/);
  expect(has(plain)).toBe(false);
  expect(secrets(["open"]).status).toBe(0);
  expect([text(plain).includes(`${value}2`), mode(plain)]).toEqual([true, 0o600]);
  expect(secrets(["open"]).stderr).toMatch(/is there already/);
  expect(secrets(["rm", "API_KEY"]).stdout).toMatch(
    /secrets\.toml\.age has of it counts until you seal anew/,
  );
  expect(secrets(["list"]).stdout).toMatch(/^API_KEY .*\.age$/m);
  expect(secrets(["seal", "--keep"]).status).toBe(0);
  expect(secrets(["list"]).stdout).not.toContain("API_KEY");
  expect(has(plain)).toBe(true);
});

test("the key may come from the environment, and nothing opens without it", () => {
  const { app, secrets, text } = appWith();
  secrets(["set", "API_KEY"], value);
  secrets(["seal"]);
  const key = text(keyFile);
  rmSync(join(app, keyFile));
  expect(secrets(["open"]).stderr).toMatch(/no key to open it/);
  expect(secrets(["open"], "", { STRONGROOM_AGE_KEY: key }).status).toBe(0);
});

test("after a rotation the old key opens nothing, and the new one is the file's", () => {
  const { secrets, text, mode } = appWith();
  secrets(["set", "API_KEY"], value);
  secrets(["seal"]);
  const old = text(keyFile);
  expect(secrets(["rotate"]).status).toBe(0);
  expect(text(keyFile)).not.toContain(old.split("\n")[2]);
  expect(mode(keyFile)).toBe(0o600);
  expect(secrets(["list"]).stdout).toContain("API_KEY");
  writeFileSync(join(made.at(-1) ?? "", "app", keyFile), old, { mode: 0o600 });
  expect(secrets(["list"]).stderr).toMatch(/sealed for other keys/);
});

const hasAge = spawnSync("age", ["--version"]).status === 0;

test.runIf(hasAge)("age itself opens what is sealed, and what it seals is opened", () => {
  const { app, secrets, text } = appWith({ ".gitignore": "secrets.toml\nage.key\n" });
  const age = (command: string, args: readonly string[], input = "") =>
    spawnSync(command, args, { cwd: app, input, encoding: "utf8" });
  const own = age("age-keygen", []).stdout;
  const recipient = /age1\w+/.exec(own)?.[0] ?? "";
  writeFileSync(join(app, ".strongroom/config.toml"), `[secrets]\nrecipients = ["${recipient}"]\n`);
  secrets(["set", "API_KEY"], value);
  expect(secrets(["seal"]).stdout).toContain("kept");
  writeFileSync(join(app, keyFile), own, { mode: 0o600 });
  expect(age("age", ["--decrypt", "--identity", keyFile, sealed]).stdout).toBe(`API_KEY = "${value}"\n`);
  rmSync(join(app, plain));
  for (const flags of [[], ["--armor"]]) {
    age("age", ["--recipient", recipient, ...flags, "--output", sealed], `OTHER = "${value}"\n`);
    expect(secrets(["list"]).stdout).toContain("OTHER");
  }
  expect(secrets(["rotate"]).stdout).toMatch(/secrets\.recipients/);
  const made = /age1\w+/.exec(text(keyFile))?.[0];
  expect(made).not.toBe(recipient);
  expect(age("age", ["--decrypt", "--identity", keyFile, sealed]).stdout).toContain("OTHER");
});

const hasTerminal = process.platform === "linux" && spawnSync("script", ["--version"]).status === 0;

test.runIf(hasTerminal)("what is typed at the question is not shown", () => {
  const { app, text } = appWith();
  const line = `'${process.execPath}' '${program}' secrets set API_KEY`;
  const env = { PATH: process.env["PATH"], HOME: app };
  const { stdout } = spawnSync("script", ["-qec", line, "/dev/null"], {
    cwd: app,
    env,
    input: `${value}x\u007f\r`,
    encoding: "utf8",
  });
  expect(stdout).toContain("not shown");
  expect(text(plain)).toBe(`API_KEY = "${value}"\n`);
});
