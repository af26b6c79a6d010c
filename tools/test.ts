import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { run as build } from "./build.ts";
import { runToEnd } from "./bootstrap/run.mjs";
import { filesBelow } from "./build/stamp.ts";
import { root } from "./paths.ts";
import { ensurePrograms } from "./test/programs.ts";

interface Count {
  readonly passed: number;
  readonly failed: number;
}

const reports = join(root, ".cache", "tests");
const vitestReport = join(reports, "vitest.json");
const nodeReport = join(reports, "node.tap");

/** All tests; with arguments, those of vitest that they name. The last line is the sum. */
export async function run(args: readonly string[] = []): Promise<number> {
  if (args.length === 0 || args.some((path) => path.startsWith("tests/connections"))) await ensurePrograms();
  const code = await build();
  if (code !== 0) return code;
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  const counts = [await runVitest(args), ...(args.length === 0 ? [await runNodeTests()] : [])];
  const passed = counts.reduce((sum, count) => sum + count.passed, 0);
  const failed = counts.reduce((sum, count) => sum + count.failed, 0);
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

async function runVitest(args: readonly string[]): Promise<Count> {
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${vitestReport}`];
  const code = await runToEnd(
    process.execPath,
    ["node_modules/vitest/vitest.mjs", "run", ...reporters, ...args],
    root,
  );
  const text = readReport(vitestReport);
  const passed = Number(/"numPassedTests":(\d+)/.exec(text)?.[1] ?? 0);
  return counted(code, passed, Number(/"numFailedTests":(\d+)/.exec(text)?.[1] ?? 0));
}

/** The tests of the tools need no bundler, and start four times as fast without one. */
async function runNodeTests(): Promise<Count> {
  const files = filesBelow(join(root, "tools")).filter((path) => path.endsWith(".test.ts"));
  const screen = ["--test-reporter=dot", "--test-reporter-destination=stdout"];
  const report = ["--test-reporter=tap", `--test-reporter-destination=${nodeReport}`];
  const code = await runToEnd(process.execPath, ["--test", ...screen, ...report, ...files], root);
  const text = readReport(nodeReport);
  const passed = Number(/^# pass (\d+)$/m.exec(text)?.[1] ?? 0);
  return counted(code, passed, Number(/^# fail (\d+)$/m.exec(text)?.[1] ?? 0));
}

/** A run that ended badly without naming a test (a file that does not load, a rejection) counts as one. */
function counted(code: number, passed: number, failed: number): Count {
  return { passed, failed: code === 0 ? failed : Math.max(failed, 1) };
}

function readReport(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return ""; // the run ended before it wrote one; its exit code says so
  }
}
