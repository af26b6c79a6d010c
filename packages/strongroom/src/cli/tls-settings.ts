import { readFileSync, statSync, unwatchFile, watchFile } from "node:fs";
import { resolve } from "node:path";
import { createSecureContext } from "node:tls";
import type { Logger } from "pino";
import { isLoopback } from "../config/access.ts";
import type { Config } from "../config/options.ts";
import { ConfigProblem } from "../config/problem.ts";
import type { Door } from "../gateway/door.ts";
import type { TlsSettings } from "../gateway/options.ts";
import { developmentCertificate } from "./development-certificate.ts";

type Server = Config["server"];

export interface Tls {
  readonly settings: TlsSettings;
  /** Takes up files that change; answers how to end it. */
  readonly follow: (door: Door, log: Pick<Logger, "info" | "warn">) => () => void;
}

/** How often the files are looked at: what they are renewed by may replace them, or a link to them. */
const lookMs = 5_000;

/** What the configuration says of https: of its own files, or of a certificate for this machine. */
export function tlsSettings(server: Server, appFolder: string, stateFolder: string): Tls | undefined {
  const { sslCertFile, sslKeyFile, sslClientCaFile } = server;
  const minVersion = server.sslMinVersion === "1.2" ? "TLSv1.2" : "TLSv1.3";
  if (sslCertFile === undefined && sslKeyFile === undefined)
    return server.developmentTls ? ownCertificate(server, stateFolder) : withoutFiles(server);
  if (sslCertFile === undefined || sslKeyFile === undefined) {
    const missing = sslCertFile === undefined ? "sslCertFile" : "sslKeyFile";
    throw new ConfigProblem(`server.${missing}: expected a file beside the other one; https needs both.`);
  }
  const at = (path: string): string => resolve(appFolder, path);
  const files = [sslCertFile, sslKeyFile, ...(sslClientCaFile === undefined ? [] : [sslClientCaFile])].map(
    at,
  );
  const read = (): TlsSettings => {
    const cert = readOne("server.sslCertFile", at(sslCertFile));
    const key = readKey(at(sslKeyFile));
    const clientCa =
      sslClientCaFile === undefined ? undefined : readOne("server.sslClientCaFile", at(sslClientCaFile));
    return checked({ cert, key, clientCa, minVersion });
  };
  return { settings: read(), follow: (door, log) => followFiles(files, () => door.renewTls(read()), log) };
}

function withoutFiles({ sslClientCaFile }: Server): undefined {
  if (sslClientCaFile === undefined) return undefined;
  throw new ConfigProblem(
    "server.sslClientCaFile: expected server.sslCertFile and server.sslKeyFile beside it; who has no https cannot ask for certificates.",
  );
}

function ownCertificate({ host }: Server, stateFolder: string): Tls {
  if (!isLoopback(host))
    throw new ConfigProblem(
      "server.developmentTls (--tls): expected server.host to be 127.0.0.1; other machines must be shown a real certificate: server.sslCertFile and server.sslKeyFile.",
    );
  const { cert, key, fingerprint, isNew } = developmentCertificate(stateFolder);
  if (isNew)
    console.log(`A certificate for this machine was made; browsers warn of it. SHA-256 ${fingerprint}`);
  return {
    settings: { cert, key, minVersion: "TLSv1.3", clientCa: undefined },
    follow: () => () => undefined,
  };
}

function readKey(path: string): Buffer {
  const key = readOne("server.sslKeyFile", path);
  if (process.platform !== "win32" && (statSync(path).mode & 0o007) !== 0)
    throw new ConfigProblem(
      `server.sslKeyFile: everybody on this machine can read ${path}. Close it with: chmod o= '${path}'`,
    );
  return key;
}

function readOne(name: string, path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    throw new ConfigProblem(`${name}: expected a file that can be read at ${path} (${code}).`, {
      cause: error,
    });
  }
}

/** Files that do not fit each other stop the start, or are not taken up. */
function checked(settings: TlsSettings): TlsSettings {
  const { cert, key, clientCa: ca } = settings;
  try {
    createSecureContext({ cert, key, ...(ca === undefined ? {} : { ca }) });
  } catch (error) {
    throw new ConfigProblem(
      "server.sslCertFile, server.sslKeyFile: expected a certificate in PEM, those that vouch for it below, and the key that belongs to it.",
      { cause: error },
    );
  }
  return settings;
}

function followFiles(
  files: readonly string[],
  renew: () => void,
  log: Pick<Logger, "info" | "warn">,
): () => void {
  const changed = (): void => {
    try {
      renew();
      log.info("The certificate was renewed: new connections are shown the new one.");
    } catch (error) {
      // The one half of a pair may have been written: the other is waited for.
      log.warn({ err: error }, "The certificate's files changed and do not fit; the old ones stay in use.");
    }
  };
  for (const file of files) watchFile(file, { interval: lookMs, persistent: false }, changed);
  return () => {
    for (const file of files) unwatchFile(file, changed);
  };
}
