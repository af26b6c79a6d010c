import type { RefusedKind } from "../../../worker/compile/problem.ts";
import { parted, type CheckedApp } from "../app.ts";
import type { Found, Rule } from "../finding.ts";

/** The app compiles. */
export const compiles: Rule = {
  id: "CHK-COMPILE",
  severity: "error",
  holds: "The app compiles.",
  why: "Pages that do not compile are not shown; the last version that did would stay live.",
  find: (app) => [...ofKind(app, undefined), ...ofKind(app, "page")],
};

/** No query and no path is put together from values. */
export const queryText: Rule = {
  id: "CHK-QUERY-TEXT",
  severity: "error",
  holds: "No query and no path of a request is put together from values.",
  why: "A viewer whose answer becomes part of the text could write SQL, or lead a request elsewhere.",
  find: (app) => ofKind(app, "query"),
};

/** No cached function reads what is no part of its key. */
export const cachedViewer: Rule = {
  id: "CHK-CACHE-VIEWER",
  severity: "error",
  holds:
    "No cached function reads what all viewers share and code changes: nothing but its key decides about a value.",
  why: "A value is kept for all who call with the same arguments: one viewer would be shown another's.",
  find: (app) => ofKind(app, "capture"),
};

function ofKind({ compiled }: CheckedApp, kind: RefusedKind | undefined): readonly Found[] {
  return compiled
    .filter((problem) => problem.kind === kind)
    .map(({ text, place }) => {
      const { problem, fix } = parted(text);
      const advice = fix === "" ? "Mend the line; strongroom run shows the same on the page." : fix;
      return { problem, fix: advice, ...(place === undefined ? {} : { file: place.file, line: place.line }) };
    });
}
