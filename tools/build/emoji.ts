import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gemoji } from "gemoji";

/** Writes the names of all emoji, as GitHub has them, into `dist`: the worker reads them when the first is asked for. */
export function writeEmoji(packageRoot: string): void {
  const names = Object.fromEntries(gemoji.flatMap((one) => one.names.map((name) => [name, one.emoji])));
  mkdirSync(join(packageRoot, "dist"), { recursive: true });
  writeFileSync(join(packageRoot, "dist", "emoji.json"), JSON.stringify(names));
}
