import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { errorDetails } from "../config/error-details.ts";
import type { LoadedConfig } from "../config/load.ts";
import type { Config } from "../config/options.ts";
import { ConfigProblem } from "../config/problem.ts";
import { lookOf } from "../gateway/http/look.ts";
import { gatewayDefaults, type GatewayOptions } from "../gateway/options.ts";

/** What the configuration says of the gateway, in its own words. */
export function gatewaySettings(
  loaded: LoadedConfig,
  appFolder: string,
  isEditing: boolean,
): Partial<GatewayOptions> {
  const { server, session, client, limits, secrets } = loaded.config;
  const details = errorDetails(client.showErrorDetails, isEditing);
  return {
    host: server.host,
    port: server.port,
    allowedOrigins: server.allowedOrigins,
    tls: certificate(server, appFolder),
    editing: isEditing,
    showErrorDetails: details === "full" || details === "stacktrace",
    openDownloads: secrets.openDownloads,
    look: lookOf(loaded, appFolder),
    session: { ttlSeconds: session.ttl / 1_000, sleepAfterSeconds: session.sleepAfter / 1_000 },
    limits: { ...gatewayDefaults.limits, ...limits },
    maxUploadBytes: server.maxUploadSize,
  };
}

function certificate(
  { sslCertFile, sslKeyFile }: Config["server"],
  appFolder: string,
): GatewayOptions["tls"] {
  if (sslCertFile === undefined && sslKeyFile === undefined) return undefined;
  if (sslCertFile === undefined || sslKeyFile === undefined) {
    const missing = sslCertFile === undefined ? "sslCertFile" : "sslKeyFile";
    throw new ConfigProblem(`server.${missing}: expected a file beside the other one; https needs both.`);
  }
  const read = (name: string, path: string): Buffer => {
    try {
      return readFileSync(resolve(appFolder, path));
    } catch (error) {
      const code = error instanceof Error && "code" in error ? String(error.code) : "";
      throw new ConfigProblem(
        `${name}: expected a file that can be read at ${resolve(appFolder, path)} (${code}).`,
        {
          cause: error,
        },
      );
    }
  };
  return { cert: read("server.sslCertFile", sslCertFile), key: read("server.sslKeyFile", sslKeyFile) };
}
