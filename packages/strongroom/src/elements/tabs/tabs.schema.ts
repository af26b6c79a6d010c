import { limits } from "../../wire/limits.ts";
import { richText } from "../../wire/rich-text.ts";
import { s } from "../../wire/s.ts";
import { elementSpec, widgetSpec } from "../../wire/spec.ts";
import { height, width } from "../layout.schema.ts";

const maxTabs = 100;

export const tabsSpec = widgetSpec({
  kind: "tabs",
  container: true,
  props: s.object({
    labels: s.array(richText, { min: 1, max: maxTabs }),
    /** The tab that is open until the viewer opens another. */
    first: s.number({ min: 0, max: maxTabs - 1, integer: true }),
    width: s.optional(width),
    height: s.optional(height),
    /** The script follows what the viewer does: the tabs by name, each once. */
    tracked: s.optional(s.literal(true)),
    names: s.optional(s.array(s.string({ maxLength: limits.labelChars }), { max: maxTabs, unique: true })),
  }),
  /** The name of the tab that is open. */
  value: ({ names = [] }) => s.oneOf(names),
});

export const tabSpec = elementSpec({
  kind: "tab",
  container: true,
  props: s.object({}),
});
