import { show } from "../../worker/show.ts";
import { headingNames, headingProps, type HeadingOptions } from "../heading.server.ts";
import { titleSpec } from "./title.schema.ts";

/** Shows the title of the page, in inline Markdown. */
export function title(body: string, options: HeadingOptions = {}): void {
  show(titleSpec, headingProps({ element: "title", known: headingNames }, body, options));
}

title.specs = [titleSpec] as const;
