import { show } from "../../worker/show.ts";
import {
  dividedHeadingNames,
  dividerProps,
  headingProps,
  type DividedHeadingOptions,
} from "../heading.server.ts";
import { headerSpec } from "./header.schema.ts";

/** Shows a heading of the second level, in inline Markdown. */
export function header(body: string, options: DividedHeadingOptions = {}): void {
  show(headerSpec, {
    ...headingProps({ element: "header", known: dividedHeadingNames }, body, options),
    ...dividerProps(options),
  });
}

header.specs = [headerSpec] as const;
