import { optionNames } from "../../worker/option-names.ts";
import { badOption } from "../../worker/errors.ts";
import { place } from "../../worker/run.ts";
import { askNode } from "../../worker/ask.ts";
import { show } from "../../worker/show.ts";
import type { TreeNode } from "../../worker/tree.ts";
import type { Infer } from "../../wire/schema.ts";
import {
  containerOf,
  isTracked,
  openNames,
  openContainerOf,
  trackedOptions,
  type OpenContainer,
  type OpenOptions,
} from "../container.ts";
import { heightProps, labelText, widthProps, type Height } from "../layout.server.ts";
import { tabSpec, tabsSpec } from "./tabs.schema.ts";
import { checkOptions } from "../check-options.server.ts";

export interface TabsOptions<L extends string = string> extends OpenOptions {
  /** The label of the tab that is open at first. Default: the first. */
  readonly default?: L;
  /** Default `"stretch"`; a number is px. */
  readonly width?: "stretch" | number;
  /** Of what the tabs hold. Default `"content"`; in a number of px what is longer scrolls. */
  readonly height?: Height;
  /** Identity across changes of the labels; where the script follows them, also their name in `st.sessionState`. */
  readonly key?: string;
}

const known = optionNames<TabsOptions>()({
  ...openNames,
  default: true,
  width: true,
  height: true,
  key: true,
});

/**
 * Shows tabs and answers a container for each: `const [chart, data] = st.tabs(["Chart", "Data"])`. All of them are
 * filled in every run, and which one is open is the viewer's own; with `onChange: "rerun"` each says `.open`, so that only
 * what is seen need be computed.
 */
export function tabs<const L extends readonly string[]>(
  labels: L,
  options: TabsOptions<L[number]> = {},
): { -readonly [K in keyof L]: OpenContainer } {
  checkOptions(`st.tabs(["Chart", "Data"], { default: "Data" })`, options, known);
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
  const id = labels.join("\n");
  const { node, answer } = isTracked("tabs", options)
    ? tracked({ labels, id, first }, props, options)
    : { node: show(tabsSpec, props, run.widgetId("tabs", id, options.key)), answer: undefined };
  const row = containerOf(run, node);
  const tab = (label: string): OpenContainer => {
    const panel = row.with(() => show(tabSpec, {}));
    return openContainerOf(run, panel, answer === undefined ? undefined : label === answer);
  };
  // One container for each label, which `map` on a tuple does not say.
  return labels.map(tab) as { -readonly [K in keyof L]: OpenContainer };
}

interface Named {
  readonly labels: readonly string[];
  readonly id: string;
  readonly first: number;
}

/** Which one is open is an answer. */
function tracked(
  { labels, id, first }: Named,
  props: Infer<typeof tabsSpec.props>,
  options: TabsOptions,
): { readonly node: TreeNode; readonly answer: string } {
  if (new Set(labels).size !== labels.length)
    throw badOption(
      "tabs",
      "labels",
      "a list in which each label stands once, where the script follows them",
    );
  return askNode(tabsSpec, {
    label: id,
    options: trackedOptions(options),
    props: { ...props, tracked: true, names: labels },
    initial: labels[first] ?? "",
  });
}

tabs.specs = [tabsSpec, tabSpec] as const;
