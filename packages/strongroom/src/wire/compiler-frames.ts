/** What the gateway asks of the compiler's process, and what that answers: JSON in length-prefixed frames. */
import { accessRuleSchema } from "./access-rule.ts";
import { limits } from "./limits.ts";
import { s } from "./s.ts";
import type { Infer, Schema } from "./schema.ts";

const maxPathChars = 4_096;
const path = s.string({ minLength: 1, maxLength: maxPathChars });

/** The longest message either way, in characters. */
export const maxBuildChars = 1_000_000;

export const buildRequestSchema = s.object({
  build: s.object({
    appFolder: path,
    /** The first page. */
    script: path,
    stateFolder: path,
    /** Goes on building after each save. */
    watch: s.boolean,
    /** Looks for saves again and again, where the system tells of none. */
    poll: s.boolean,
  }),
});

const page = s.object({
  path: s.string({ maxLength: limits.pathChars }),
  title: s.string({ maxLength: 300 }),
  icon: s.string({ maxLength: 100 }),
  /** Who of those who may open the app may see it. */
  allow: s.optional(accessRuleSchema),
});

const built = s.object({
  ok: s.literal(true),
  /** The same for the same output. */
  version: s.string({ minLength: 16, maxLength: 16, pattern: /^[0-9a-f]{16}$/ }),
  /** The module whose default export is the compiled app. */
  file: path,
  pages: s.array(page, { max: 1_000, min: 1 }),
});

/** Why the app does not compile: place, line and fix, for the page and the terminal alike. */
const broken = s.object({ ok: s.literal(false), problem: s.string({ maxLength: 20_000 }) });

export const buildSchema: Schema<Build> = s.union(built, broken);
export type Build = Infer<typeof built> | Infer<typeof broken>;

/** The global function that compiled scripts call with what they throw, where that may be no Error. */
export const throwingName = "strongroomThrowing";
