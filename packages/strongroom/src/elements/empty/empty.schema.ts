import { s } from "../../wire/s.ts";
import { elementSpec } from "../../wire/spec.ts";

export const emptySpec = elementSpec({
  kind: "empty",
  container: true,
  props: s.object({}),
});
