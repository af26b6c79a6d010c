import { homedir } from "node:os";
import { ConfigProblem } from "../config/problem.ts";
import { appTarget, type AppTarget } from "./app-target.ts";
import { readArguments } from "./arguments.ts";
import { check, reportText } from "./check/report.ts";
import { configFlags, configSwitches, flagValues } from "./config-flags.ts";

/** The whole of a check, from the start of its process, takes less than three seconds: so long npm may think. */
const auditEndsMs = 2_300;

/** Looks an app through before it goes live: 0 where nothing is wrong, 1 where something is, 2 where it could not look. */
export async function checkApp(args: readonly string[]): Promise<number> {
  const switches = [...configSwitches, "json", "offline", "strict"];
  const given = readArguments(args, { words: 1, values: configFlags, switches });
  const target = targetOf(given.words[0]);
  if (target === undefined) return 2;
  const begun = performance.now();
  const report = await check({
    target,
    home: homedir(),
    flags: flagValues(given),
    environment: process.env,
    auditMs: given.switches.has("offline") ? 0 : Math.max(500, auditEndsMs - begun),
  });
  const seconds = Number(((performance.now() - begun) / 1000).toFixed(2));
  if (given.switches.has("json"))
    console.log(JSON.stringify({ app: target.script, ...report, seconds }, undefined, 2));
  else console.log(reportText(report));
  const counted = given.switches.has("strict") ? ["error", "warning"] : ["error"];
  return report.findings.some(({ severity }) => counted.includes(severity)) ? 1 : 0;
}

function targetOf(word: string | undefined): AppTarget | undefined {
  try {
    return appTarget(word);
  } catch (error) {
    if (!(error instanceof ConfigProblem)) throw error;
    console.error(error.message);
    return undefined;
  }
}
