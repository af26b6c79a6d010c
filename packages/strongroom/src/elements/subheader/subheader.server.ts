import { show } from "../../worker/show.ts";
import { dividerProps, headingProps, type DividedHeadingOptions } from "../heading.server.ts";
import { subheaderSpec } from "./subheader.schema.ts";

/** Shows a heading of the third level, in inline Markdown. */
export function subheader(body: string, options: DividedHeadingOptions = {}): void {
  show(subheaderSpec, { ...headingProps("subheader", body, options), ...dividerProps(options) });
}

subheader.specs = [subheaderSpec] as const;
