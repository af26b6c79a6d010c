import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { ConfigProblem } from "../../../config/problem.ts";
import { checkExposure } from "../../../secrets/exposure.ts";
import { ageKeyFiles } from "../../../secrets/sources.ts";
import { gitExposure } from "../../git-exposure.ts";
import { parted, shortPath, type CheckedApp } from "../app.ts";
import type { Found, Rule } from "../finding.ts";

/** By their names; what such a file holds is never looked at. */
const secretNames =
  /^(?:\.env(?:\.(?!example|sample|template|dist)[\w.-]+)?|\.netrc|id_(?:rsa|ecdsa|ed25519))$/;
const keyText = /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/;

/** Files with secrets are closed to others and to the repository. */
export const secretFiles: Rule = {
  id: "CHK-SECRET-FILE",
  severity: "error",
  holds: "Files with secrets are ignored by git, and nobody else on the machine can read them.",
  why: "One push publishes them; other users of the machine read them as they are.",
  find: (app) => [...new Set(pathsOf(app))].flatMap((path) => exposure(app, path)),
};

function pathsOf({ folder, home, files, secrets }: CheckedApp): readonly string[] {
  const places = { appFolder: folder, home };
  const sources = secrets.filter(({ kind }) => kind !== "sealed").map(({ path }) => path);
  const inFolder = files
    .filter(
      ({ path, text }) =>
        secretNames.test(basename(path)) || (/\.(?:pem|key)$/.test(path) && keyText.test(text)),
    )
    .map(({ path }) => join(folder, path));
  return [...sources, ...ageKeyFiles(places), ...inFolder].filter((path) => existsSync(path));
}

function exposure({ folder }: CheckedApp, path: string): readonly Found[] {
  try {
    checkExposure(path, gitExposure);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigProblem)) throw error;
    const { problem, fix } = parted(error.message.replace(/: (?=chmod|echo|Ignore)/, ". "));
    return [{ file: shortPath(folder, path), problem, fix }];
  }
}
