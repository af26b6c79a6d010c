/** The command line's door. */
import { nearest } from "../config/nearest.ts";
import { run } from "./run.ts";
import { overview, usageOf, usages, type CommandName } from "./usage.ts";

type Command = (args: readonly string[]) => number | Promise<number>;

/** Each command is loaded when it is called: the others cost nothing. Only one is waited for, and begins at once. */
const commands: Readonly<Record<CommandName, () => Promise<Command>>> = {
  run: () => Promise.resolve(run),
  init: async () => (await import("./init.ts")).init,
  attack: async () => (await import("./attack.ts")).attack,
  check: async () => (await import("./check.ts")).checkApp,
  "audit verify": async () => (await import("./audit-verify.ts")).auditVerify,
  "logins list": async () => (await import("./logins-list.ts")).loginsList,
  "logins end": async () => (await import("./logins-end.ts")).loginsEnd,
  "config show": async () => (await import("./config-show.ts")).configShow,
  "secrets list": async () => (await import("./secrets-list.ts")).secretsList,
  "secrets set": async () => (await import("./secrets-set.ts")).secretsSet,
  "secrets rm": async () => (await import("./secrets-rm.ts")).secretsRm,
  "secrets seal": async () => (await import("./secrets-seal.ts")).secretsSeal,
  "secrets open": async () => (await import("./secrets-open.ts")).secretsOpen,
  "secrets rotate": async () => (await import("./secrets-rotate.ts")).secretsRotate,
  version: async () => (await import("./version.ts")).version,
  help: () => Promise.resolve(help),
};

function help(args: readonly string[]): number {
  const name = commandOf(args)?.name;
  if (name === undefined && args.length > 0) return unknownCommand(args);
  console.log(name === undefined ? overview() : usageOf(name));
  return 0;
}

/** The command that the first words name. */
function commandOf(args: readonly string[]): { name: CommandName; rest: readonly string[] } | undefined {
  for (const count of [2, 1]) {
    const words = args.slice(0, count).join(" ");
    const name = Object.keys(usages).find((known): known is CommandName => known === words);
    if (name !== undefined) return { name, rest: args.slice(count) };
  }
  return undefined;
}

function isHelp(arg: string | undefined): boolean {
  return arg === "--help" || arg === "-h";
}

async function main(args: readonly string[]): Promise<number> {
  const [first] = args;
  if (first === undefined || isHelp(first)) return help(args.slice(1));
  const command = commandOf(first === "--version" || first === "-v" ? ["version", ...args.slice(1)] : args);
  if (command === undefined) return unknownCommand(args);
  const beforeRest = command.rest.slice(
    0,
    command.rest.includes("--") ? command.rest.indexOf("--") : undefined,
  );
  if (beforeRest.some(isHelp)) return help([command.name]);
  try {
    return await (
      await commands[command.name]()
    )(command.rest);
  } catch (error) {
    return failed(error, command.name);
  }
}

function unknownCommand([first = "", second = ""]: readonly string[]): number {
  const names = Object.keys(usages);
  const near =
    nearest(`${first} ${second}`.trim(), names) ??
    nearest(first, names) ??
    names.find((name) => name.startsWith(`${first} `));
  const isFile = /\.[mc]?[tj]s$/.test(first);
  const advice = isFile
    ? ` Did you mean strongroom run ${first}?`
    : near === undefined
      ? ""
      : ` Did you mean strongroom ${near}?`;
  console.error(`There is no command "${first}".${advice}\n\n${overview()}`);
  return 2;
}

/** What we expected and did not get is told in one message; what we did not expect, with its stack. */
function failed(error: unknown, name: CommandName): number {
  // By name: the other commands come from other files, in which a class is another one than in ours.
  const kind = error instanceof Error ? error.name : "";
  if (error instanceof Error && kind === "UsageError") {
    console.error(`${error.message}\n\n${usageOf(name)}`);
    return 2;
  }
  const isExpected = ["ConfigProblem", "GatewayError", "PoolRefused"].includes(kind);
  if (isExpected && error instanceof Error) console.error(error.message);
  else console.error("Strongroom failed where it should not have. Please report this:\n", error);
  return 1;
}

process.exitCode = await main(process.argv.slice(2));
