import { place } from "../../worker/run.ts";
import { show } from "../../worker/show.ts";
import { containerOf, fill, type Container } from "../container.ts";
import { iconProps, labelText, widthProps } from "../layout.server.ts";
import { bodyAndOptions } from "../check-options.server.ts";
import { expanderSpec } from "./expander.schema.ts";

export interface ExpanderOptions {
  /** Open at first. Default `false`; what the viewer opens stays open. */
  readonly expanded?: boolean;
  /** One emoji, or `:material/name:`. */
  readonly icon?: string;
  /** `"compact"` is without the card; steps below each other join to a line. */
  readonly type?: "default" | "compact" | "step";
  /** Default `"stretch"`; a number is px. */
  readonly width?: "stretch" | number;
  /** Identity across changes of the label. */
  readonly key?: string;
}

/** Shows a part of the page that viewers open and close, filled by the callback, and answers what that answers. */
export function expander<T>(label: string, body: (container: Container) => T, options?: ExpanderOptions): T;
/** Shows a part of the page that viewers open and close, to be filled by its methods. */
export function expander(label: string, options?: ExpanderOptions): Container;
export function expander<T>(
  label: string,
  second?: ExpanderOptions | ((container: Container) => T),
  third?: ExpanderOptions,
): Container | T {
  const usage = 'st.expander("Details", (part) => { … }, { expanded: true })';
  const { body, options } = bodyAndOptions<(container: Container) => T, ExpanderOptions>(
    usage,
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
  const { run } = place();
  return fill(containerOf(run, show(expanderSpec, props, run.widgetId("expander", label, key))), body);
}

expander.specs = [expanderSpec] as const;
