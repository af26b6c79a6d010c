import { optionNames } from "../../worker/option-names.ts";
import { place } from "../../worker/run.ts";
import type { Infer } from "../../wire/schema.ts";
import { askNode } from "../../worker/ask.ts";
import { show } from "../../worker/show.ts";
import {
  fill,
  isTracked,
  openNames,
  openContainerOf,
  trackedOptions,
  type OpenContainer,
  type OpenOptions,
} from "../container.ts";
import { iconProps } from "../icon.server.ts";
import { labelText, widthProps } from "../layout.server.ts";
import { bodyAndOptions } from "../check-options.server.ts";
import { expanderSpec } from "./expander.schema.ts";

export interface ExpanderOptions extends OpenOptions {
  /** Open at first. Default `false`; what the viewer opens stays open. */
  readonly expanded?: boolean;
  /** One emoji, `:material/name:`, or `"spinner"`, which turns. */
  readonly icon?: string;
  /** `"compact"` is without the card; steps below each other join to a line. */
  readonly type?: "default" | "compact" | "step";
  /** Default `"stretch"`; a number is px. */
  readonly width?: "stretch" | number;
  /** Identity across changes of the label; where the script follows it, also its name in `st.sessionState`. */
  readonly key?: string;
}

const known = optionNames<ExpanderOptions>()({
  ...openNames,
  expanded: true,
  icon: true,
  type: true,
  width: true,
  key: true,
});

/** Shows a part of the page that viewers open and close, filled by the callback, and answers what that answers. */
export function expander<T>(
  label: string,
  body: (container: OpenContainer) => T,
  options?: ExpanderOptions,
): T;
/** Shows a part of the page that viewers open and close, to be filled by its methods. */
export function expander(label: string, options?: ExpanderOptions): OpenContainer;
export function expander<T>(
  label: string,
  second?: ExpanderOptions | ((container: OpenContainer) => T),
  third?: ExpanderOptions,
): OpenContainer | T {
  const usage = 'st.expander("Details", (part) => { … }, { expanded: true })';
  const { body, options } = bodyAndOptions<(container: OpenContainer) => T, ExpanderOptions>(
    { usage, known },
    second,
    third,
  );
  const { expanded = false, type = "default", key } = options;
  const props = {
    label: labelText("expander", label),
    expanded,
    ...iconProps("expander", options),
    ...(type === "default" ? {} : { type }),
    ...widthProps("expander", options),
  };
  const container = isTracked("expander", options)
    ? tracked(label, props, options)
    : untracked(label, props, key);
  return fill(container, body);
}

type Props = Infer<typeof expanderSpec.props>;

/** Open or closed is the viewer's own. */
function untracked(label: string, props: Props, key: string | undefined): OpenContainer {
  const { run } = place();
  return openContainerOf(run, show(expanderSpec, props, run.widgetId("expander", label, key)), undefined);
}

/** Open or closed is an answer. */
function tracked(label: string, props: Props, options: Partial<ExpanderOptions>): OpenContainer {
  const { node, answer } = askNode(expanderSpec, {
    label,
    options: trackedOptions(options),
    props: { ...props, tracked: true },
    initial: props.expanded,
  });
  return openContainerOf(place().run, node, answer);
}

expander.specs = [expanderSpec] as const;
