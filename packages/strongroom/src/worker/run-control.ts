import { badOption } from "./errors.ts";
import { queryOf, type QueryParamValues } from "./query-params.ts";
import { RunSignal, currentRun, type Run } from "./run.ts";

/** Ends the run here; what stands on the page stays, what comes below is not shown. */
export function stop(): never {
  throw finish(currentRun(), new RunSignal("stop"));
}

/** Starts the page again from the top; clicks are used up, answers stay. */
export function rerun(): never {
  throw finish(currentRun(), new RunSignal("rerun"));
}

export interface SwitchPageOptions {
  /** The query string there. Default: none. */
  readonly queryParams?: QueryParamValues;
}

/** Goes to another page of the app, named by its file (`"pages/orders.ts"`) or its path (`"orders"`). */
export function switchPage(page: string, options: SwitchPageOptions = {}): never {
  const run = currentRun();
  if (typeof page !== "string")
    throw badOption("switchPage", "page", 'a page\'s file, as in st.switchPage("pages/orders.ts")');
  const name = page
    .replace(/^pages\//, "")
    .replace(/\.tsx?$/, "")
    .replace(/^\d+[_-]/, "");
  const path = name === "app" ? "" : name;
  const link = run.session.pages.find((known) => known.path.toLowerCase() === path.toLowerCase());
  if (link === undefined) {
    throw badOption(
      "switchPage",
      "page",
      `one of ${run.session.pages.map((known) => known.path || "app").join(", ")}`,
    );
  }
  const query = queryOf(options.queryParams ?? {});
  throw finish(run, new RunSignal("switch", { page: link.path, query }));
}

function finish(run: Run, signal: RunSignal): RunSignal {
  run.end(signal);
  return signal;
}

/** Aborted when the run has ended or was replaced. */
export function runSignal(): AbortSignal {
  return currentRun().signal;
}
