import { createRequire } from "node:module";
import { join } from "node:path";
import { BrokerError } from "./errors.ts";

/** Loads a driver's package: the app's own first, then what is installed beside us. `install` is what to type. */
export function loadDriver(appFolder: string, name: string, install: string): unknown {
  for (const from of [join(appFolder, "package.json"), import.meta.url]) {
    const require = createRequire(from);
    try {
      require.resolve(name);
    } catch {
      continue; // not installed there
    }
    return require(name);
  }
  throw new BrokerError(
    "ERR_DRIVER_MISSING",
    `The connection needs a package that is not installed. Type in the app's folder: npm i ${install}`,
  );
}
