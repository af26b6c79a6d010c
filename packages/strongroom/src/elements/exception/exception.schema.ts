import { s } from "../../wire/s.ts";
import { width } from "../layout.schema.ts";
import { elementSpec } from "../../wire/spec.ts";

/** The element that shows an error which the script did not catch: at most one, at the end of the page. */
export const uncaughtId = "exception:uncaught";

const line = s.number({ min: 0, integer: true });

export const exceptionSpec = elementSpec({
  kind: "exception",
  props: s.object({
    /** Empty for viewers, who see the incident alone. */
    name: s.string({ maxLength: 200 }),
    message: s.string({ maxLength: 10_000 }),
    incident: s.string({ maxLength: 40 }),
    frames: s.array(
      s.object({
        file: s.string({ maxLength: 1_000 }),
        line,
        column: line,
        name: s.string({ maxLength: 300 }),
      }),
      { max: 20 },
    ),
    source: s.array(s.string({ maxLength: 500 }), { max: 12 }),
    /** Number of the first line of `source`. */
    firstLine: line,
    width: s.optional(width),
  }),
});
