import { richText } from "../../wire/rich-text.ts";
import { s } from "../../wire/s.ts";

/**
 * A key with its modifiers: `ctrl+k`, `f2`, `shift+enter`. `ctrl` is the command key on a Mac. Ctrl+C and Ctrl+R stay
 * the browser's.
 */
export const shortcutPattern =
  /^(?!ctrl\+[cr]$)(?:ctrl\+)?(?:alt\+)?(?:shift\+)?(?:[a-z0-9]|f(?:[1-9]|1[0-2])|enter|escape|space|delete|home|end|pageup|pagedown|arrow(?:up|down|left|right))$/;

/** What everything that looks like a button is shown with. */
export const buttonFields = {
  label: richText,
  type: s.optional(s.literal("primary", "tertiary")),
  help: s.optional(richText),
  disabled: s.optional(s.boolean),
  icon: s.optional(richText),
  iconPosition: s.optional(s.literal("right")),
  width: s.optional(s.union(s.literal("stretch"), s.number({ min: 16, max: 4_000 }))),
  wrap: s.optional(s.boolean),
  shortcut: s.optional(s.string({ maxLength: 40, pattern: shortcutPattern })),
} as const;
