import { showContainer, type Container } from "../container.ts";
import { emptySpec } from "./empty.schema.ts";

/** Keeps a place for one element: what is shown in it takes the place of what was; its own `.empty()` clears it. */
export function empty(): Container {
  return showContainer(emptySpec, {});
}

empty.specs = [emptySpec] as const;
