import { spawn } from "node:child_process";
import { delimiter, dirname, isAbsolute } from "node:path";

/**
 * Runs another Node with our streams; ends as it ends, by code or by signal.
 * @param {string} node
 * @param {readonly string[]} args
 * @param {string} [cwd]
 * @returns {Promise<number>}
 */
export function runToEnd(node, args, cwd = process.cwd()) {
  const PATH = isAbsolute(node)
    ? `${dirname(node)}${delimiter}${process.env["PATH"] ?? ""}`
    : process.env["PATH"];
  const child = spawn(node, args, { cwd, stdio: "inherit", env: { ...process.env, PATH } });
  // The terminal sends Ctrl-C to both of us: wait for the child to end in its own way. Other signals reach only this process.
  const answers = {
    SIGINT: () => {},
    SIGTERM: () => child.kill("SIGTERM"),
    SIGHUP: () => child.kill("SIGHUP"),
  };
  for (const [signal, answer] of Object.entries(answers)) process.on(signal, answer);
  const stopAnswering = () => {
    for (const [signal, answer] of Object.entries(answers)) process.off(signal, answer);
  };
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      stopAnswering();
      if (signal === null) resolve(code ?? 1);
      else process.kill(process.pid, signal);
    });
  });
}
