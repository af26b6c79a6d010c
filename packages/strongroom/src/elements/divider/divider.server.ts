import { optionNames } from "../../worker/option-names.ts";
import { show } from "../../worker/show.ts";
import { widthProps } from "../layout.server.ts";
import { dividerSpec } from "./divider.schema.ts";
import { checkOptions } from "../check-options.server.ts";

export interface DividerOptions {
  /** Default `"stretch"`; a number is px. */
  readonly width?: "stretch" | number;
}

const known = optionNames<DividerOptions>()({ width: true });

/** Shows a line between what stands above and what stands below. */
export function divider(options: DividerOptions = {}): void {
  checkOptions(`st.divider({ width: 200 })`, options, known);
  show(dividerSpec, widthProps("divider", options));
}

divider.specs = [dividerSpec] as const;
