import type { Infer } from "../../wire/schema.ts";
import { place } from "../../worker/run.ts";
import { errorProps } from "../../worker/show-error.ts";
import { show } from "../../worker/show.ts";
import { exceptionSpec } from "./exception.schema.ts";

/**
 * Shows an error as the page shows one that nobody caught: to authors its message, its place and the lines round it; to
 * viewers (`client.showErrorDetails = "none"`) one sentence, and an id. The error stands in the log under that id.
 */
export function exception(error: unknown): void {
  const { run } = place();
  const { options, report } = run.session.services;
  report(error, run.thrown);
  // Built in one place for errors that are caught and those that are not; as props of the tree its type is wider.
  show(exceptionSpec, errorProps(error, options, run.thrown) as Infer<typeof exceptionSpec.props>);
}

exception.specs = [exceptionSpec] as const;
