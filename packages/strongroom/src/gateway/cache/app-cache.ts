import { join } from "node:path";
import type { Logger } from "pino";
import { readOrMakeKey } from "../store/key-file.ts";
import { Sealer } from "../store/seal.ts";
import { DiskValues } from "./disk-values.ts";
import { SharedCache, type CacheWorker } from "./shared-cache.ts";

export interface AppCacheOptions {
  readonly stateFolder: string;
  readonly config: {
    readonly server: { readonly maxCacheDataSize: number; readonly maxCacheDiskSize: number };
  };
  readonly log: Pick<Logger, "warn">;
}

/** The values of an app's cached functions, for all of its workers; on disk they stand in its state folder, under its key. */
export function appCache(
  { stateFolder, config, log }: AppCacheOptions,
  workers: () => Iterable<CacheWorker>,
): SharedCache {
  const { maxCacheDataSize, maxCacheDiskSize: maxBytes } = config.server;
  return new SharedCache({
    maxBytes: maxCacheDataSize,
    disk: () => {
      try {
        const sealer = new Sealer(readOrMakeKey(join(stateFolder, "key")));
        return new DiskValues({ folder: join(stateFolder, "cache"), sealer, maxBytes, log });
      } catch (error) {
        log.warn(
          { err: error },
          "Values of cached functions cannot be kept on disk: they live in memory only.",
        );
        return undefined;
      }
    },
    workers,
    now: Date.now,
  });
}
