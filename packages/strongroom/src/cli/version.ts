import { readFileSync } from "node:fs";
import { readArguments } from "./arguments.ts";

/** The version of this package. */
export function packageVersion(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version; // our own file
}

export function version(args: readonly string[]): number {
  readArguments(args, { words: 0 });
  console.log(`strongroom ${packageVersion()} (node ${process.version})`);
  return 0;
}
