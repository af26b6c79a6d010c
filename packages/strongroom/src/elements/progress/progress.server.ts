import { optionNames } from "../../worker/option-names.ts";
import { badOption } from "../../worker/errors.ts";
import { place } from "../../worker/run.ts";
import { remove, show, update } from "../../worker/show.ts";
import type { Props } from "../../worker/tree.ts";
import { labelText, widthProps } from "../layout.server.ts";
import { progressSpec } from "./progress.schema.ts";
import { checkOptions } from "../check-options.server.ts";

export interface ProgressOptions {
  /** What goes on, above the bar, in inline Markdown. */
  readonly text?: string;
  /** What the whole is. Without it a value up to 1 is a share, and a larger one a percentage. */
  readonly max?: number;
  /** Default `"stretch"`; a number is px. */
  readonly width?: "stretch" | number;
}

const known = optionNames<ProgressOptions>()({ text: true, max: true, width: true });

/** A bar on the page, to be moved on. */
export interface Progress {
  /** Moves the bar; what is left out of the options stays as it was. */
  readonly progress: (value: number, options?: ProgressOptions) => void;
  /** Takes the bar away. */
  readonly empty: () => void;
}

/** Shows how far something is, and answers the bar: `bar.progress(0.5)` moves it on, `bar.empty()` takes it away. */
export function progress(value: number, options: ProgressOptions = {}): Progress {
  const scope = place();
  let held = options;
  let node = show(progressSpec, progressProps(value, options));
  return {
    progress(next, changes = {}) {
      checkOptions('bar.progress(0.5, { text: "Half way" })', changes, known);
      held = { ...held, ...changes };
      // What fits the spec is plain data; an interface has no index signature that would say so.
      node = update(scope, node, progressProps(next, held) as Props);
    },
    empty: () => remove(scope.run, scope.container, node),
  };
}

function progressProps(value: number, options: ProgressOptions): { value: number } {
  checkOptions(`st.progress(0.5, { text: "Half way" })`, options, known);
  const { text, max } = options;
  const whole = max ?? (value > 1 ? 100 : 1);
  if (!(whole > 0) || !(value >= 0 && value <= whole)) {
    throw badOption(
      "progress",
      "value",
      max === undefined ? "a share from 0 to 1, or a percentage up to 100" : "from 0 to `max`",
    );
  }
  return {
    // Ten thousandths are more than anybody sees.
    value: Math.round((value / whole) * 10_000) / 10_000,
    ...(text === undefined ? {} : { text: labelText("progress", text, "text") }),
    ...widthProps("progress", options),
  };
}

progress.specs = [progressSpec] as const;
