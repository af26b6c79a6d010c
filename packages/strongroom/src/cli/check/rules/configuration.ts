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

/** Those that are wrong by themselves; a connection whose password is sealed is not judged. */
function connectionProblems(app: CheckedApp): readonly string[] {
  const connections = connectionsOf(app);
  const isSealed = app.secrets.some(({ kind }) => kind !== "toml");
  if (isSealed) return [];
  return connections.flatMap(({ name, values }) => {
    try {
      checkConnections({ [name]: values }, { appFolder: app.folder, home: app.home });
      return [];
    } catch (error) {
      if (!(error instanceof ConfigProblem)) throw error;
      return [error.message];
    }
  });
}

function found({ folder }: CheckedApp, text: string): Found {
  const { problem, fix } = parted(text);
  const advice = fix === "" ? "Mend it; strongroom config show prints every option." : fix;
  return { ...placeIn(folder, text), problem, fix: advice };
}
