import { limits } from "../wire/limits.ts";
import { richText } from "../wire/rich-text.ts";
import { s } from "../wire/s.ts";

/** The props that every widget has. */
export const labelFields = {
  label: richText,
  help: s.optional(richText),
  disabled: s.optional(s.boolean),
  labelVisibility: s.optional(s.literal("hidden", "collapsed")),
  /** The browser keeps a new answer until something else causes a rerun. */
  quiet: s.optional(s.boolean),
  /** Whether words that do not fit on one line go on in the next; left out where they do, as far as there is room. */
  wrap: s.optional(s.boolean),
  /** No empty answer is taken. */
  required: s.optional(s.boolean),
  /** Why the author's code does not take the answer that it holds, in words. */
  invalid: s.optional(s.string({ maxLength: limits.labelChars })),
  /** Left out where the element is as wide as its kind usually is. */
  width: s.optional(s.union(s.literal("stretch", "content"), s.number({ min: 1, max: 10_000 }))),
} as const;
