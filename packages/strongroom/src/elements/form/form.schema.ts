import { limits } from "../../wire/limits.ts";
import { s } from "../../wire/s.ts";
import { elementSpec } from "../../wire/spec.ts";

export const formSpec = elementSpec({
  kind: "form",
  container: true,
  props: s.object({
    /** Once sent, its widgets go back to their first answers. */
    clearOnSubmit: s.boolean,
    /** Enter in a field presses the first submit button. */
    enterToSubmit: s.boolean,
    border: s.boolean,
    /** What is wrong with the whole, in words. */
    invalid: s.optional(s.array(s.string({ maxLength: limits.labelChars }), { max: 10 })),
    width: s.optional(s.union(s.literal("content"), s.number({ min: 16, max: 10_000 }))),
    height: s.optional(s.union(s.literal("stretch"), s.number({ min: 16, max: 10_000 }))),
  }),
});
