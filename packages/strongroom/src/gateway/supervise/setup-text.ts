import { errorDetails } from "../../config/error-details.ts";
import type { PoolOptions } from "./pool-types.ts";

/** What each worker is told first, over its socket: arguments and environment can be read by others. */
export function setupText(
  pool: PoolOptions,
  secrets: PoolOptions["secrets"],
  secretStamps: readonly string[],
): string {
  const { appFolder, editing, config, optionValues: values, secretPlaces = [] } = pool;
  const { connectionDefaultTTL: ttlMs } = config.runner;
  return JSON.stringify({
    network: config.runner.network,
    options: {
      appFolder,
      showErrorDetails: errorDetails(config.client.showErrorDetails, editing),
      enforceSerializableSessionState: config.runner.enforceSerializableSessionState,
      maxStateBytes: config.session.maxStateBytes,
      // A worker's own copies are for speed, and for functions that are not async.
      maxCacheBytes: Math.min(config.server.maxCacheDataSize, config.runner.maxMemoryMb * 250_000),
      maxUploadBytes: config.server.maxUploadSize ?? 200_000_000,
      // What is not set is not written.
      connectionDefaultTtl: ttlMs === undefined ? undefined : ttlMs / 1_000,
      values,
    },
    secrets,
    secretPlaces,
    secretStamps,
    shownSecrets: config.secrets?.shown ?? [],
    environment: config.secrets?.environment === true,
  });
}
