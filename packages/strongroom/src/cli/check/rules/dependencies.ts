import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { shortPath, tableOf, type CheckedApp } from "../app.ts";
import type { Found, Rule, Severity, Skipped } from "../finding.ts";

const maxChars = 8_000_000;
const severities: Readonly<Record<string, Severity>> = {
  critical: "error",
  high: "error",
  moderate: "warning",
};

/** No package that the app is made of has a known fault. */
export const dependencies: Rule = {
  id: "CHK-DEPENDENCIES",
  severity: "error",
  holds: "No package that the app uses has a known fault.",
  why: "Faults that are published are tried by everybody.",
  find: async (app) => {
    const { auditMs, environment } = app;
    if (auditMs === 0) return { skipped: "nothing is asked of other machines (--offline)" };
    const folder = lockedFolder(app.folder);
    if (folder === undefined)
      return hasPackages(app.folder) ? { skipped: "there is no package-lock.json beside package.json" } : [];
    const answer = await audit(folder, environment, auditMs);
    if (answer === undefined)
      return {
        skipped: `npm audit gave no answer within ${(auditMs / 1000).toFixed(1)} s; run it where the registry is reached`,
      };
    return foundIn(app, folder, answer);
  },
};

/** The folder of the lockfile that the app's packages come from. */
function lockedFolder(from: string): string | undefined {
  for (let at = from; ; at = dirname(at)) {
    if (existsSync(join(at, "package-lock.json"))) return at;
    if (at === dirname(at) || existsSync(join(at, ".git"))) return undefined;
  }
}

function hasPackages(folder: string): boolean {
  return existsSync(join(folder, "package.json"));
}

/** What npm says, or nothing: it is not there, does not reach its registry, or takes too long. */
function audit(cwd: string, env: CheckedApp["environment"], timeout: number): Promise<unknown> {
  return new Promise((resolve) => {
    const child = spawn("npm", ["audit", "--json", "--omit=dev", "--no-fund", "--no-update-notifier"], {
      cwd,
      stdio: ["ignore", "pipe", "ignore"],
      env: handedOn(env),
    });
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      // Where another program stands for npm, the real one may go on, and hold on to this.
      child.stdout.destroy();
      resolve(undefined);
    }, timeout);
    const settle = (answer: unknown): void => {
      clearTimeout(timer);
      resolve(answer);
    };
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (part: string) => {
      if (text.length < maxChars) text += part;
    });
    child.on("error", () => settle(undefined));
    child.on("close", () => {
      try {
        settle(JSON.parse(text));
      } catch {
        settle(undefined); // ended too early
      }
    });
  });
}

/** What npm needs to find its registry. A folder's `.npmrc` can put any variable into an address: it finds no other. */
const npmsOwn =
  /^(?:path|home|userprofile|appdata|temp|tmp|lang|https?_proxy|no_proxy|node_extra_ca_certs|ssl_cert_(?:file|dir)|npm_config_(?!.*(?:auth|password|token)).*)$/i;

function handedOn(environment: CheckedApp["environment"]): CheckedApp["environment"] {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => npmsOwn.test(name)));
}

function foundIn(app: CheckedApp, folder: string, answer: unknown): readonly Found[] | Skipped {
  const { vulnerabilities, error } = tableOf(answer);
  if (error !== undefined || vulnerabilities === undefined)
    return { skipped: "npm audit could not ask its registry" };
  const file = join(folder, "package.json");
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
  return Object.entries(tableOf(vulnerabilities)).map(([name, about]) => {
    const { severity, isDirect, fixAvailable } = tableOf(about);
    const at = lines.findIndex((line) => line.includes(`"${name}":`));
    return {
      file: shortPath(app.folder, at < 0 ? join(folder, "package-lock.json") : file),
      ...(at < 0 ? {} : { line: at + 1 }),
      severity: severities[String(severity)] ?? "note",
      problem: `The package ${name}${isDirect === true ? "" : ", which another one brings,"} has a known fault (${String(severity)}).`,
      fix:
        fixAvailable === false
          ? "No version without it is known: npm audit names the fault; see whether the app can do without."
          : "npm audit fix takes a version without it; npm audit names the fault.",
    };
  });
}
