import { spawn } from "node:child_process";
import { delimiter, dirname } from "node:path";

/** Runs another Node with the same arguments and streams; ends as it ends, by code or by signal. */
export function runAndExit(node, args) {
  const path = node.includes("/") || node.includes("\\") ? `${dirname(node)}${delimiter}${process.env["PATH"] ?? ""}` : process.env["PATH"];
  const child = spawn(node, args, { stdio: "inherit", env: { ...process.env, PATH: path } });
  // The terminal sends Ctrl-C to both of us: wait for the child to end in its own way. Others reach only this process.
  process.on("SIGINT", () => {});
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      if (signal === null) return resolve(code ?? 1);
      process.removeAllListeners(signal);
      process.kill(process.pid, signal);
    });
  });
}
