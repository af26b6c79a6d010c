import { richText } from "../../wire/rich-text.ts";
import { s } from "../../wire/s.ts";
import { elementSpec } from "../../wire/spec.ts";

const side = s.number({ min: 1, max: 100_000 });

export const imageSpec = elementSpec({
  kind: "image",
  props: s.object({
    images: s.array(
      s.object({
        /** Names the bytes; or a path on the app's own origin. */
        source: s.union(
          s.object({ handle: s.string({ minLength: 43, maxLength: 43, pattern: /^[A-Za-z0-9_-]{43}$/ }) }),
          s.object({ path: s.string({ maxLength: 2_000, pattern: /^\/(?![/\\])[^\s\\]*$/ }) }),
        ),
        /** For screen readers; empty when it only decorates. */
        alt: s.string({ maxLength: 1_000 }),
        caption: s.optional(richText),
        /** Its own size, so that nothing moves when it arrives. */
        size: s.optional(s.tuple(side, side)),
      }),
      { min: 1, max: 200 },
    ),
    width: s.union(s.literal("content", "stretch"), s.number({ min: 1, max: 4_000 })),
    link: s.optional(s.string({ maxLength: 2_000 })),
  }),
});
