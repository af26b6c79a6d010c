import { s } from "./s.ts";

const path = s.string({ minLength: 1, maxLength: 4_096 });

/** What one section under `[connections]` holds, as the operator wrote it. */
export const connectionSchema = s.object({
  type: s.literal("sqlite"),
  path,
  seed: s.optional(path),
  write: s.optional(s.boolean),
});

export const connectionKeys: readonly string[] = ["type", "path", "seed", "write"];
