import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Config } from "../config/options.ts";
import { ConfigProblem } from "../config/problem.ts";
import { gatewayDefaults, type GatewayOptions } from "../gateway/options.ts";

/** What the configuration says of the gateway, in its own words. */
export function gatewaySettings(
  config: Config,
  appFolder: string,
  isEditing: boolean,
): Partial<GatewayOptions> {
  const { server, session, client, limits, secrets } = config;
  const details = client.showErrorDetails;
  return {
    host: server.host,
    port: server.port,
    allowedOrigins: server.allowedOrigins,
    tls: certificate(server, appFolder),
    editing: isEditing,
    showErrorDetails: details === "full" || (details === "auto" && isEditing),
    openDownloads: secrets.openDownloads,
    session: { ttlSeconds: session.ttl / 1_000, sleepAfterSeconds: session.sleepAfter / 1_000 },
    limits: { ...gatewayDefaults.limits, ...limits },
  };
}

function certificate(
  { sslCertFile, sslKeyFile }: Config["server"],
  appFolder: string,
): GatewayOptions["tls"] {
  if (sslCertFile === undefined && sslKeyFile === undefined) return undefined;
  if (sslCertFile === undefined || sslKeyFile === undefined) {
    throw new ConfigProblem("https needs both server.sslCertFile and server.sslKeyFile.");
  }
  const read = (name: string, path: string): Buffer => {
    try {
      return readFileSync(resolve(appFolder, path));
    } catch (error) {
      const code = error instanceof Error && "code" in error ? String(error.code) : "";
      throw new ConfigProblem(`${name}: the file ${resolve(appFolder, path)} cannot be read (${code}).`, {
        cause: error,
      });
    }
  };
  return { cert: read("server.sslCertFile", sslCertFile), key: read("server.sslKeyFile", sslKeyFile) };
}
