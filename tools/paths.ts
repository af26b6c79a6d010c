import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the repository, without a slash at its end. */
export const root: string = fileURLToPath(new URL("..", import.meta.url)).replace(/[\\/]$/, "");

/** The folder of the package that authors install. */
export const packageRoot: string = join(root, "packages", "strongroom");
