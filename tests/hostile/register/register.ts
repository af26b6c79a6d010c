import { files } from "./a-files.ts";
import { paths } from "./a-paths.ts";
import type { Entry } from "./entry.ts";

/** Every case, by its letter. */
export const register: Readonly<Record<string, readonly Entry[]>> = {
  "Paths and files": [...paths, ...files],
};
