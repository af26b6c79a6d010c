import { optionNames } from "../../worker/option-names.ts";
import { badOption } from "../../worker/errors.ts";
import { place } from "../../worker/run.ts";
import { show } from "../../worker/show.ts";
import { containerOf, fill, type Container } from "../container.ts";
import { heightProps, widthProps, type Gap, type Height, type Width } from "../layout.server.ts";
import { bodyAndOptions } from "../check-options.server.ts";
import { containerSpec } from "./container.schema.ts";

export interface ContainerOptions {
  /** A card round it. Default: only where a height in px makes it scroll. */
  readonly border?: boolean;
  /** Side by side instead of one below the other. Default `false`. */
  readonly horizontal?: boolean;
  /** Horizontal only: goes on in the next line. Default `true`; `false` scrolls sideways. */
  readonly wrap?: boolean;
  /** Default `"left"`; `"distribute"` spreads what it holds over the width. */
  readonly horizontalAlignment?: "left" | "center" | "right" | "distribute";
  /** Default `"top"`; `"distribute"` spreads what it holds over the height. */
  readonly verticalAlignment?: "top" | "center" | "bottom" | "distribute";
  /** Space between what it holds. Default `"small"`, 16 px. */
  readonly gap?: Gap;
  /** Default `"stretch"`. */
  readonly width?: Width;
  /** Default `"content"`; in a number of px what is longer scrolls. */
  readonly height?: Height;
  /** Goes to its end as it grows, unless the viewer has scrolled up. Default `false`. */
  readonly autoscroll?: boolean;
  /** Identity across changes of what stands before it. */
  readonly key?: string;
}

const known = optionNames<ContainerOptions>()({
  border: true,
  horizontal: true,
  wrap: true,
  horizontalAlignment: true,
  verticalAlignment: true,
  gap: true,
  width: true,
  height: true,
  autoscroll: true,
  key: true,
});

/** Shows a part of the page that the callback fills, and answers what that answers. */
export function container<T>(body: (container: Container) => T, options?: ContainerOptions): T;
/** Shows a part of the page, to be filled by its methods, also later and out of order. */
export function container(options?: ContainerOptions): Container;
export function container<T>(
  first?: ContainerOptions | ((container: Container) => T),
  second?: ContainerOptions,
): Container | T {
  const usage = "st.container((part) => { … }, { border: true })";
  const { body, options } = bodyAndOptions<(container: Container) => T, ContainerOptions>(
    { usage, known },
    first,
    second,
  );
  const { key } = options;
  const { run } = place();
  const id = key === undefined ? undefined : run.widgetId("container", "", key);
  return fill(containerOf(run, show(containerSpec, containerProps(options), id)), body);
}

function containerProps(options: ContainerOptions): NonNullable<(typeof containerSpec.props)["type"]> {
  const { horizontal = false, wrap = true, gap = "small", height, autoscroll = false } = options;
  const { horizontalAlignment: align = "left", verticalAlignment: verticalAlign = "top" } = options;
  if (!wrap && !horizontal) throw badOption("container", "wrap", "left out unless `horizontal` is true");
  return {
    border: options.border ?? typeof height === "number",
    ...(horizontal ? { horizontal } : {}),
    ...(wrap ? {} : { wrap }),
    gap,
    ...(align === "left" ? {} : { align }),
    ...(verticalAlign === "top" ? {} : { verticalAlign }),
    ...widthProps("container", options),
    ...heightProps("container", options),
    ...(autoscroll ? { autoscroll } : {}),
  };
}

container.specs = [containerSpec] as const;
