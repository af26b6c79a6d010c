/** What a frame and the window that it has opened say to each other. */
import { s } from "../wire/s.ts";
import type { Infer, Schema } from "../wire/schema.ts";

const hello = s.object({
  t: s.literal("strongroom-window"),
  token: s.string({ minLength: 43, maxLength: 43, pattern: /^[A-Za-z0-9_-]+$/ }),
});
/** A window names itself to the page that opened it. */
export const helloSchema: Schema<Infer<typeof hello>> = hello;

const claimed = s.object({
  t: s.literal("strongroom-claimed"),
  /** The page round the frame, where the browser tells. */
  inside: s.optional(s.string({ maxLength: 300, pattern: /^https?:\/\/[^/]+$/ })),
});
type Claimed = Infer<typeof claimed>;
/** The frame has said to the server that the window is its own. */
export const claimedSchema: Schema<Claimed> = claimed;

export function windowAnswer(inside: string | undefined): Claimed {
  return inside === undefined ? { t: "strongroom-claimed" } : { t: "strongroom-claimed", inside };
}
