import { badOption } from "../../worker/errors.ts";
import { place } from "../../worker/run.ts";
import { show } from "../../worker/show.ts";
import { containerOf, showContainer, type Container } from "../container.ts";
import { heightProps, labelText, widthProps, type Height } from "../layout.server.ts";
import { tabSpec, tabsSpec } from "./tabs.schema.ts";
import { checkOptions } from "../check-options.server.ts";

export interface TabsOptions<L extends string = string> {
  /** The label of the tab that is open at first. Default: the first. */
  readonly default?: L;
  /** Default `"stretch"`; a number is px. */
  readonly width?: "stretch" | number;
  /** Of what the tabs hold. Default `"content"`; in a number of px what is longer scrolls. */
  readonly height?: Height;
  /** Identity across changes of the labels. */
  readonly key?: string;
}

/**
 * Shows tabs and answers a container for each: `const [chart, data] = st.tabs(["Chart", "Data"])`. All of them are
 * filled in every run; which one is open is the viewer's own, and causes none.
 */
export function tabs<const L extends readonly string[]>(
  labels: L,
  options: TabsOptions<L[number]> = {},
): { -readonly [K in keyof L]: Container } {
  checkOptions(`st.tabs(["Chart", "Data"], { default: "Data" })`, options);
  if (!Array.isArray(labels) || labels.length < 1 || labels.length > 100)
    throw badOption("tabs", "labels", "a list of 1 to 100 labels");
  const first = options.default === undefined ? 0 : labels.indexOf(options.default);
  if (first < 0) throw badOption("tabs", "default", "one of the labels");
  const { run } = place();
  const props = {
    labels: labels.map((label) => labelText("tabs", label)),
    first,
    ...widthProps("tabs", options),
    ...heightProps("tabs", options),
  };
  const node = show(tabsSpec, props, run.widgetId("tabs", labels.join("\n"), options.key));
  const row = containerOf(run, node);
  // One container for each label, which `map` on a tuple does not say.
  return labels.map(() => row.with(() => showContainer(tabSpec, {}))) as {
    -readonly [K in keyof L]: Container;
  };
}

tabs.specs = [tabsSpec, tabSpec] as const;
