import type { Logger } from "pino";
import { buildSchema, maxBuildChars, type Build } from "../../wire/compiler-frames.ts";
import { decodeText } from "../../wire/schema.ts";
import type { Child } from "./child.ts";
import { compilerLaunch, orderFrame } from "./compiler-process.ts";
import type { Programs } from "./programs.ts";
import { SteadyChild } from "./steady-child.ts";

export interface CompilerPlan {
  readonly programs: Programs;
  readonly dist: string;
  readonly appFolder: string;
  readonly script: string;
  readonly stateFolder: string;
  readonly watch: boolean;
  readonly poll: boolean;
  readonly built: (build: Build) => void;
  readonly log: Logger;
  /** The process, where it is started already, and told what to build. */
  readonly compiler?: Child | undefined;
  /** What it made of the app before, where nothing has changed since: in force at once, and built again later to be sure. */
  readonly lastBuild?: Build | undefined;
}

/** So long the workers have the machine for themselves, in ms. */
const settleMs = 400;

/** Starts the process that compiles the author's files: it answers at once, and after each save where it watches. */
export function startCompiler(plan: CompilerPlan): SteadyChild {
  const { built, lastBuild, log } = plan;
  if (lastBuild !== undefined) built(lastBuild);
  return new SteadyChild({
    name: "compiler",
    launch: compilerLaunch(plan),
    first: plan.compiler,
    afterMs: lastBuild === undefined ? undefined : settleMs,
    hello: orderFrame(plan),
    frame: (payload) => {
      const decoded = decodeText(buildSchema, payload.toString(), maxBuildChars);
      if (!decoded.ok) throw new TypeError(`At ${decoded.at}: ${decoded.expected} was expected.`);
      built(decoded.value);
    },
    fell: (words) => {
      const problem = `The compiler ended before it was done:\n${words.join("\n")}`;
      built({ ok: false, problem: problem.slice(0, 20_000) });
    },
    log,
  });
}
