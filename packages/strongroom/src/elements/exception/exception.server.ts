import type { Infer } from "../../wire/schema.ts";
import { place } from "../../worker/run.ts";
import { errorProps } from "../../worker/show-error.ts";
import { show } from "../../worker/show.ts";
import { exceptionSpec } from "./exception.schema.ts";

/**
 * Shows an error as the page shows one that nobody caught: to authors its message, its place and the lines round it; to
 * viewers (`client.showErrorDetails = false`) one sentence, and an id that stands in the log beside the error.
 */
export function exception(error: unknown): void {
  const { options } = place().run.session.services;
  // Built in one place for errors that are caught and those that are not; as props of the tree its type is wider.
  const props = errorProps(error, options) as Infer<typeof exceptionSpec.props>;
  if (!options.showErrorDetails) {
    console.error(
      `Incident ${props.incident}: ${error instanceof Error ? (error.stack ?? error.message) : "a value that is not an Error"}`,
    );
  }
  show(exceptionSpec, props);
}

exception.specs = [exceptionSpec] as const;
