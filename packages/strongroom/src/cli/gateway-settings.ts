import { join } from "node:path";
import { errorDetails } from "../config/error-details.ts";
import type { LoadedConfig } from "../config/load.ts";
import { misfit } from "../config/problem.ts";
import { lookOf } from "../gateway/http/look.ts";
import { gatewayDefaults, type GatewayOptions } from "../gateway/options.ts";

/** What the configuration says of the gateway, in its own words. */
export function gatewaySettings(
  loaded: LoadedConfig,
  appFolder: string,
  isEditing: boolean,
): Partial<GatewayOptions> {
  const { auth, server, session, client, limits, secrets } = loaded.config;
  const details = errorDetails(client.showErrorDetails, isEditing);
  return {
    host: server.host,
    port: server.port,
    allowedOrigins: [
      ...new Set([...(server.url === undefined ? [] : [server.url]), ...server.allowedOrigins]),
    ],
    base: basePathOf(server),
    embedders: embeddersFor(loaded, isEditing),
    trustedProxies: server.trustedProxies,
    editing: isEditing,
    showErrorDetails: details === "full" || details === "stacktrace",
    openDownloads: secrets.openDownloads,
    look: lookOf(loaded, appFolder),
    session: { ttlSeconds: session.ttl / 1_000, sleepAfterSeconds: session.sleepAfter / 1_000 },
    logins: {
      idleSeconds: session.signInIdle / 1_000,
      lifeSeconds: session.signInLife / 1_000,
    },
    recheckSeconds: auth.recheck / 1_000,
    limits: { ...gatewayDefaults.limits, ...limits },
    maxUploadBytes: server.maxUploadSize,
    staticFolder: server.enableStaticServing ? join(appFolder, "static") : undefined,
  };
}

/** The path below which the app lives as every path of its own begins: "/team/app", or nothing. */
export function basePathOf({ baseUrlPath }: Pick<LoadedConfig["config"]["server"], "baseUrlPath">): string {
  const bare = baseUrlPath.replace(/^\//, "").replace(/\/$/, "");
  return bare === "" ? "" : `/${bare}`;
}

/** The app's first page, as viewers know it. */
export function addressOf(server: LoadedConfig["config"]["server"]): string | undefined {
  return server.url === undefined ? undefined : `${server.url}${basePathOf(server)}/`;
}

/** On a viewer's machine anything may listen: only an author's own pages there may frame the app. */
function embeddersFor({ config, origins }: LoadedConfig, isEditing: boolean): readonly string[] {
  const { allow } = config.embedding;
  if (isEditing || !allow.some((origin) => origin.startsWith("http:"))) return allow;
  throw misfit(
    { place: origins.get("embedding.allow") ?? "", name: "embedding.allow" },
    `origins by https: pages by http may show the app only while it is edited`,
  );
}

/** The same with what a sign-in needs of the gateway: its providers lead back to one address, which is one of the app's own. */
export function signInSettings(
  told: Partial<GatewayOptions>,
  auth: GatewayOptions["auth"],
): Partial<GatewayOptions> {
  if (auth === undefined) return told;
  const { allowedOrigins = [] } = told;
  return { ...told, auth, allowedOrigins: [...new Set([...allowedOrigins, auth.redirectUri.origin])] };
}
