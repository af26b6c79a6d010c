import { richText } from "../../wire/rich-text.ts";
import { s } from "../../wire/s.ts";
import { elementSpec } from "../../wire/spec.ts";
import { height, width } from "../layout.schema.ts";

const maxTabs = 100;

export const tabsSpec = elementSpec({
  kind: "tabs",
  container: true,
  props: s.object({
    labels: s.array(richText, { min: 1, max: maxTabs }),
    /** The tab that is open until the viewer opens another. */
    first: s.number({ min: 0, max: maxTabs - 1, integer: true }),
    width: s.optional(width),
    height: s.optional(height),
  }),
});

export const tabSpec = elementSpec({
  kind: "tab",
  container: true,
  props: s.object({}),
});
