import { optionNames } from "../../worker/option-names.ts";
import type { Infer } from "../../wire/schema.ts";
import { place } from "../../worker/run.ts";
import { errorProps } from "../../worker/show-error.ts";
import { show } from "../../worker/show.ts";
import { checkOptions } from "../check-options.server.ts";
import { widthProps } from "../layout.server.ts";
import { exceptionSpec } from "./exception.schema.ts";

export interface ExceptionOptions {
  /** Default `"stretch"`; a number is px. */
  readonly width?: "stretch" | number;
}

const known = optionNames<ExceptionOptions>()({ width: true });

/**
 * Shows an error as the page shows one that nobody caught: to authors its message, its place and the lines round it; to
 * viewers (`client.showErrorDetails = "none"`) one sentence, and an id. The error stands in the log under that id.
 */
export function exception(error: unknown, options: ExceptionOptions = {}): void {
  checkOptions("st.exception(error, { width: 400 })", options, known);
  const { run } = place();
  const { options: how, report } = run.session.services;
  report(error, run.thrown);
  // Built in one place for errors that are caught and those that are not; as props of the tree its type is wider.
  const props = errorProps(error, how, run.thrown) as Infer<typeof exceptionSpec.props>;
  show(exceptionSpec, { ...props, ...widthProps("exception", options) });
}

exception.specs = [exceptionSpec] as const;
