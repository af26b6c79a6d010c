import { guardBrowser } from "./build/browser.ts";
import { checkDocumentNames } from "./check/document-names.ts";
import { checkElements } from "./check/elements.ts";
import { checkErrorCodes } from "./check/error-codes.ts";
import { checkImports } from "./check/imports.ts";
import { checkLockfile } from "./check/lockfile.ts";
import { checkNamedTests } from "./check/named-tests.ts";
import { checkSizes } from "./check/sizes.ts";
import { checkWords } from "./check/words.ts";
import { capture } from "./run/capture.ts";
import { packageRoot } from "./paths.ts";
import { checkReference } from "./reference.ts";
import { oxfmt, oxlint } from "./run/oxc.ts";
import { tsc } from "./run/tsc.ts";

interface Outcome {
  readonly problems: readonly string[];
  readonly remarks?: string;
}

type Check = () => Outcome | Promise<Outcome>;

const checks: Readonly<Record<string, Check>> = {
  "types, shared": () => program(tsc(["-p", "packages/strongroom/tsconfig.shared.json"])),
  "types, server": () => program(tsc(["-p", "packages/strongroom/tsconfig.server.json", "--noEmit"])),
  "types, browser": () => program(tsc(["-p", "packages/strongroom/tsconfig.browser.json"])),
  "types, tests and tools": () => program(tsc(["-p", "tsconfig.tests.json"])),
  lint: () => program(oxlint(["--report-unused-disable-directives"])),
  format: () => program(oxfmt(["--list-different", "."]), "npm run format writes these:"),
  "unused code": () =>
    program(
      capture(process.execPath, ["node_modules/knip/bin/knip.js", "--no-progress", "--no-config-hints"]),
    ),
  imports: () => ({ problems: checkImports() }),
  "bundle guard": async () => ({ problems: await guardBrowser(packageRoot) }),
  sizes: () => ({ problems: checkSizes() }),
  elements: () => ({ problems: checkElements() }),
  "error codes": () => ({ problems: checkErrorCodes() }),
  reference: async () => ({ problems: await checkReference() }),
  "named tests": () => ({ problems: checkNamedTests() }),
  lockfile: () => ({ problems: checkLockfile() }),
  "names in documents": () => ({ problems: checkDocumentNames() }),
  words: () => ({ problems: checkWords() }),
};

/** All that can be said about the source without running it. */
export async function run(args: readonly string[] = []): Promise<number> {
  const start = performance.now();
  const chosen = Object.entries(checks).filter(
    ([name]) => args.length === 0 || args.some((arg) => name.includes(arg)),
  );
  const outcomes = await Promise.all(chosen.map(async ([name, check]) => ({ name, ...(await check()) })));
  for (const { name, problems, remarks } of outcomes) {
    if (remarks !== undefined) console.log(`${name}: remarks\n${remarks}\n`);
    if (problems.length > 0) console.log(`${name}: failed\n${problems.join("\n")}\n`);
  }
  const failed = outcomes.filter(({ problems }) => problems.length > 0);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const names = failed.length === 0 ? "" : ` (${failed.map(({ name }) => name).join("; ")})`;
  console.log(
    `${outcomes.length - failed.length} checks passed, ${failed.length} failed${names}, ${seconds} s`,
  );
  return failed.length === 0 ? 0 : 1;
}

async function program(running: Promise<{ code: number; output: string }>, title = ""): Promise<Outcome> {
  const { code, output } = await running;
  if (code !== 0) return { problems: [title, output].filter((part) => part !== "") };
  return output === "" || /^Found 0 warnings/m.test(output)
    ? { problems: [] }
    : { problems: [], remarks: output };
}
