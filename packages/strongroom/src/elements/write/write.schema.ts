import { s } from "../../wire/s.ts";
import { elementSpec } from "../../wire/spec.ts";

/** Holds what one call has written, where that is more than one element. */
export const writeSpec = elementSpec({
  kind: "write",
  container: true,
  props: s.object({}),
});
