import { isPlainObject } from "../wire/schema-structures.ts";
import { nearest } from "../config/nearest.ts";
import { badOption } from "./errors.ts";
import { currentRun } from "./run.ts";

/**
 * The value of an option of the configuration, by its name: `st.getOption("server.port")`; `undefined` where it is not
 * set. Durations are milliseconds, sizes are bytes. What is secret cannot be read, and nothing can be set.
 */
export function getOption(name: string): unknown {
  const { values } = currentRun().session.services.options;
  const known: Readonly<Record<string, unknown>> = isPlainObject(values) ? values : {};
  if (typeof name === "string" && Object.hasOwn(known, name))
    return structuredClone(known[name]) ?? undefined;
  const near = typeof name === "string" ? nearest(name, Object.keys(known)) : undefined;
  throw badOption(
    "getOption",
    "name",
    `the name of an option, such as "${near ?? "server.port"}"; \`strongroom config show\` lists them`,
  );
}
