import { badOption } from "./errors.ts";
import { inline } from "./markdown.ts";
import { queryOf, type QueryParamValues } from "./query-params.ts";
import { RunSignal, currentRun, type Run } from "./run.ts";
import type { Props } from "./tree.ts";

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

export interface PageConfig {
  /** The title of the browser's tab, and the name of the app above its menu. */
  readonly pageTitle?: string;
  /** One emoji, or `:material/name:`. */
  readonly pageIcon?: string;
  /** `"centered"` keeps lines short; `"wide"` (default) uses the window up to 1,128 px. */
  readonly layout?: "centered" | "wide";
  readonly initialSidebarState?: "auto" | "expanded" | "collapsed";
}

const isText =
  (maxChars: number) =>
  (value: unknown): boolean =>
    typeof value === "string" && value.length <= maxChars;
const isOneOf =
  (...members: readonly unknown[]) =>
  (value: unknown): boolean =>
    members.includes(value);
const pageOptions: readonly (readonly [keyof PageConfig, (value: unknown) => boolean, string])[] = [
  ["pageTitle", isText(300), "text of at most 300 characters"],
  ["pageIcon", isText(100), "one emoji, or `:material/name:`"],
  ["layout", isOneOf("centered", "wide"), '"centered" or "wide"'],
  ["initialSidebarState", isOneOf("auto", "expanded", "collapsed"), '"auto", "expanded" or "collapsed"'],
];

/** Sets what stands round the page; later calls add to earlier ones. */
export function setPageConfig(config: PageConfig): void {
  if (typeof config !== "object" || config === null)
    throw badOption("setPageConfig", "config", 'an object, as in st.setPageConfig({ pageTitle: "Orders" })');
  for (const [option, fits, expected] of pageOptions) {
    if (config[option] !== undefined && !fits(config[option]))
      throw badOption("setPageConfig", option, expected);
  }
  const { pageTitle, pageIcon, layout, initialSidebarState } = config;
  const props: Record<string, unknown> = {
    ...(pageTitle === undefined ? {} : { title: pageTitle }),
    ...(pageIcon === undefined ? {} : { icon: inline(pageIcon) }),
    ...(layout === undefined ? {} : { layout }),
    ...(initialSidebarState === undefined ? {} : { sidebar: initialSidebarState }),
  };
  currentRun().configure(props as Props);
}
