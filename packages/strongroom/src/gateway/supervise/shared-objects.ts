import { execFile } from "node:child_process";

const pattern = /(?:=> |^\s+)(\/\S+) \(0x[0-9a-f]+\)/gm;

/** The libraries that a program is started with, as its loader finds them. None for one that needs none. */
export function sharedObjects(program: string): Promise<readonly string[]> {
  return new Promise((resolve) => {
    const env = { LD_TRACE_LOADED_OBJECTS: "1" };
    // A program whose loader does not know the question answers with its version: no path is found in that.
    execFile(program, ["--version"], { env, encoding: "utf8", timeout: 5_000 }, (error, text) => {
      resolve(error === null ? librariesIn(text) : []);
    });
  });
}

function librariesIn(text: string): readonly string[] {
  return [...text.matchAll(pattern)].map(([, path]) => path ?? "");
}
