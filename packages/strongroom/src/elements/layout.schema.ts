import { richText } from "../wire/rich-text.ts";
import { s } from "../wire/s.ts";

const px = s.number({ min: 1, max: 10_000 });

/** Left out where it is the element's own. */
export const width = s.union(s.literal("stretch", "content"), px);
export const height = s.union(s.literal("stretch", "content"), px);

/** The space between what stands in a container: a word, or px. */
export const gap = s.union(
  s.literal("none", "xxsmall", "xsmall", "small", "medium", "large", "xlarge", "xxlarge"),
  s.number({ min: 0, max: 400 }),
);

/** The props that every text has. */
export const textFields = {
  help: s.optional(richText),
  width: s.optional(width),
  /** Left out: at the left. */
  textAlignment: s.optional(s.literal("center", "right", "justify")),
  /** One line, cut off where it is too long. */
  wrap: s.optional(s.literal(false)),
} as const;
