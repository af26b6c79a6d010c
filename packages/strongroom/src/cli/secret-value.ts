import { ConfigProblem } from "../config/problem.ts";

const maxChars = 1_000_000;
const keys = { enter: ["\r", "\n", "\u0004"], back: ["\u007f", "\b"], interrupt: "\u0003" } as const;

/** A value from a pipe, or typed by a person to whom it is not shown. */
export async function readSecretValue(name: string): Promise<string> {
  const value = process.stdin.isTTY ? await typed(`Value of ${name} (not shown): `) : await piped();
  if (value === "") throw new ConfigProblem("A value was expected; nothing was typed or piped.");
  return value;
}

/** All of it, without the line's end that `echo` adds. */
async function piped(): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of process.stdin) {
    const bytes = chunk as Buffer; // no encoding is set
    chunks.push(bytes);
    if ((length += bytes.length) > maxChars)
      throw new ConfigProblem(`A value of at most ${maxChars} bytes was expected.`);
  }
  return Buffer.concat(chunks)
    .toString()
    .replace(/\r?\n$/, "");
}

function typed(question: string): Promise<string> {
  const { stdin, stderr } = process;
  stderr.write(question);
  stdin.setRawMode(true);
  stdin.setEncoding("utf8");
  return new Promise((resolve, reject) => {
    let value = "";
    const end = (): void => {
      stdin.off("data", take);
      stdin.setRawMode(false);
      stdin.pause();
      stderr.write("\n");
    };
    const take = (text: string): void => {
      for (const key of text) {
        if (key === keys.interrupt) {
          end();
          return reject(new ConfigProblem("Nothing was changed."));
        }
        if (isOneOf(keys.enter, key)) {
          end();
          return resolve(value);
        }
        value = isOneOf(keys.back, key) ? value.slice(0, -1) : value + key;
      }
    };
    stdin.on("data", take);
    stdin.resume();
  });
}

function isOneOf(all: readonly string[], key: string): boolean {
  return all.includes(key);
}
