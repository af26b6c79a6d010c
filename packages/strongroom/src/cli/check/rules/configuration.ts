import { checkConnections } from "../../check-connections.ts";
import { ConfigProblem } from "../../../config/problem.ts";
import { connectionsOf, parted, placeIn, type CheckedApp } from "../app.ts";
import type { Found, Rule } from "../finding.ts";

/** Configuration, secrets and connections can be read. */
export const configuration: Rule = {
  id: "CHK-CONFIG",
  severity: "error",
  holds: "Configuration and secrets can be read, and each connection could be opened.",
  why: "The server would not start.",
  find: (app) => [...app.problems, ...connectionProblems(app)].map((text) => found(app, text)),
};

/** Those that are wrong by themselves; where a part of them may be sealed, only what is published with the code. */
function connectionProblems(app: CheckedApp): readonly string[] {
  const isSealed = app.secrets.some(({ kind }) => kind !== "toml");
  const connections = isSealed ? [] : connectionsOf(app);
  const parts = connections.map(({ name, values }) => ({ [name]: values }));
  // The first is of the configuration itself.
  return [...new Set([{}, ...parts].flatMap((part) => problemOf(app, part)))];
}

function problemOf(
  { folder, home }: CheckedApp,
  connections: Readonly<Record<string, unknown>>,
): readonly string[] {
  try {
    checkConnections(connections, { appFolder: folder, home });
    return [];
  } catch (error) {
    if (!(error instanceof ConfigProblem)) throw error;
    return [error.message];
  }
}

function found({ folder }: CheckedApp, text: string): Found {
  const { problem, fix } = parted(text);
  const advice = fix === "" ? "Mend it; strongroom config show prints every option." : fix;
  return { ...placeIn(folder, text), problem, fix: advice };
}
