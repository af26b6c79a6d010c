import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { capture } from "../../tools/run/capture.ts";
import { root } from "../../tools/paths.ts";
import type { Mutation } from "./mutation.ts";

/** What became of the tests of a guard that was switched off. */
export type Outcome =
  /** `by` names the test that failed, and how. */
  | { readonly kind: "red"; readonly by: string }
  /** No test noticed. */
  | { readonly kind: "survived" }
  /** Nothing was proved: it did not build, or no test ran. */
  | { readonly kind: "broken"; readonly output: string };

const source = "packages/strongroom/src";
const report = ".cache/report.json";
const firstFailure =
  /"title":"((?:[^"\\]|\\.)*)","duration":[\d.]+,"failureMessages":\["((?:[^"\\]|\\(?!n).){0,90})/;

/** Where a mutation's text stands in its file: once, or the problem. */
export function problemOf({ file, text, becomes, tests }: Mutation): string | undefined {
  const path = join(root, source, file);
  if (!existsSync(path)) return `${file} is not there`;
  const count = readFileSync(path, "utf8").split(text).length - 1;
  if (count !== 1)
    return `its text was expected once in ${file}, and is there ${count} times: the guard has changed, and its entry here must follow`;
  if (text === becomes) return "it changes nothing";
  const missing = tests.find((test) => !existsSync(join(root, pathOf(test))));
  return missing === undefined ? undefined : `its test ${missing} is not there`;
}

function pathOf(test: string): string {
  return test.startsWith("tests/") ? test : join(source, test);
}

/** A copy of the repository in which guards are switched off, one after the other. The repository itself is not touched. */
export class Bench {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    this[Symbol.dispose]();
    const listed = spawnSync("git", ["ls-files", "-co", "--exclude-standard", "-z"], { cwd: root });
    for (const path of listed.stdout.toString().split("\0")) {
      if (path === "" || !existsSync(join(root, path))) continue;
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      cpSync(join(root, path), join(folder, path));
    }
    // Packages are only read; our own must be those of the copy.
    mkdirSync(join(folder, "node_modules"));
    const installed = spawnSync("cp", [
      "-al",
      `${join(root, "node_modules")}/.`,
      join(folder, "node_modules"),
    ]);
    if (installed.status !== 0) throw new Error("The packages were expected on the same file system.");
    cpSync(join(root, "packages/strongroom/dist"), join(folder, "packages/strongroom/dist"), {
      recursive: true,
    });
    mkdirSync(join(folder, ".cache"), { recursive: true });
  }

  /** Runs the tests as they stand; answers what was wrong, or nothing. */
  async green(tests: readonly string[], only?: string): Promise<string | undefined> {
    const { counts, output } = await this.#test(tests, only);
    return counts !== undefined && counts.failed === 0 && counts.passed > 0 ? undefined : output;
  }

  /** Switches a guard off, runs its tests, and switches it on again. */
  async try(mutation: Mutation): Promise<Outcome> {
    const path = join(this.#folder, source, mutation.file);
    const whole = readFileSync(path, "utf8");
    writeFileSync(
      path,
      whole.replace(mutation.text, () => mutation.becomes),
    );
    try {
      const wrong = mutation.isBuilt === true ? await this.#build() : undefined;
      if (wrong !== undefined) return { kind: "broken", output: wrong };
      const { counts, output, by } = await this.#test(mutation.tests, mutation.only);
      if (counts === undefined || counts.passed + counts.failed === 0) return { kind: "broken", output };
      return counts.failed > 0 ? { kind: "red", by } : { kind: "survived" };
    } finally {
      writeFileSync(path, whole);
      if (mutation.isBuilt === true) await this.#build();
    }
  }

  async #build(): Promise<string | undefined> {
    const { code, output } = await this.#run(["tools/bootstrap.mjs", "build"]);
    return code === 0 ? undefined : output;
  }

  async #test(
    tests: readonly string[],
    only: string | undefined,
  ): Promise<{ counts: { passed: number; failed: number } | undefined; output: string; by: string }> {
    const file = join(this.#folder, report);
    rmSync(file, { force: true });
    const named = only === undefined ? [] : ["-t", only];
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
    const { output } = await this.#run([
      "node_modules/vitest/vitest.mjs",
      "run",
      "--bail=1",
      ...reporters,
      ...named,
      ...tests.map(pathOf),
    ]);
    if (!existsSync(file)) return { counts: undefined, output, by: "" };
    const text = readFileSync(file, "utf8");
    const count = (name: string): number => Number(new RegExp(`"${name}":(\\d+)`).exec(text)?.[1] ?? 0);
    const counts = { passed: count("numPassedTests"), failed: count("numFailedTests") };
    const [, name = "", how = ""] = firstFailure.exec(text) ?? [];
    return { counts, output, by: `${name}: ${how}` };
  }

  #run(args: readonly string[]): ReturnType<typeof capture> {
    return capture(process.execPath, args, { cwd: this.#folder });
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
