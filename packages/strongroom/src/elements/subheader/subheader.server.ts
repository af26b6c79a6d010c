import { show } from "../../worker/show.ts";
import {
  dividedHeadingNames,
  dividerProps,
  headingProps,
  type DividedHeadingOptions,
} from "../heading.server.ts";
import { subheaderSpec } from "./subheader.schema.ts";

/** Shows a heading of the third level, in inline Markdown. */
export function subheader(body: string, options: DividedHeadingOptions = {}): void {
  show(subheaderSpec, {
    ...headingProps({ element: "subheader", known: dividedHeadingNames }, body, options),
    ...dividerProps(options),
  });
}

subheader.specs = [subheaderSpec] as const;
