import { readFileSync, statSync } from "node:fs";
import { isIP } from "node:net";
import { checkServerIdentity, type PeerCertificate } from "node:tls";
import type { WrittenSsl } from "../wire/connection-settings.ts";
import { BrokerError, LostConnection, SettingsError } from "./errors.ts";
import { pathInside } from "./paths.ts";

/** Where the certificates of a connection are. They are read for each new connection: rotation needs no restart. */
export interface TlsFiles {
  readonly host: string;
  readonly ca: string | undefined;
  readonly cert: string | undefined;
  readonly key: string | undefined;
}

/** What a connection is opened with. */
export interface TlsOptions {
  readonly ca?: Buffer;
  readonly cert?: Buffer;
  readonly key?: Buffer;
  readonly minVersion: "TLSv1.2";
  readonly rejectUnauthorized: true;
  readonly servername?: string;
  readonly checkServerIdentity: (name: string, certificate: PeerCertificate) => Error | undefined;
}

/** The files of a connection's TLS; nothing where it has none, which only this machine may have. */
export function tlsOf(
  { name, appFolder }: { readonly name: string; readonly appFolder: string },
  host: string,
  { mode = "verify", ca, cert, key }: WrittenSsl,
): TlsFiles | undefined {
  if (host.startsWith("/")) return undefined; // a socket: nothing leaves the machine
  if (mode === "off") {
    if (isLoopback(host)) return undefined;
    throw new SettingsError(
      name,
      "ssl.mode",
      'expected "verify": only a server on this machine may do without',
    );
  }
  if ((cert === undefined) !== (key === undefined))
    throw new SettingsError(name, "ssl", "expected `cert` and `key` together");
  const inside = (path: string | undefined, which: string): string | undefined =>
    path === undefined ? undefined : pathInside(appFolder, path, { name, key: `ssl.${which}` });
  return { host, ca: inside(ca, "ca"), cert: inside(cert, "cert"), key: inside(key, "key") };
}

/** True for names and addresses that never leave this machine. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}

/** Reads the files as they are now. */
export function readTls({ host, ca, cert, key }: TlsFiles): TlsOptions {
  return {
    ...(ca === undefined ? {} : { ca: read(ca, "ca") }),
    ...(cert === undefined ? {} : { cert: read(cert, "cert") }),
    ...(key === undefined ? {} : { key: read(key, "key") }),
    ...(isIP(host) === 0 ? { servername: host } : {}),
    minVersion: "TLSv1.2",
    rejectUnauthorized: true,
    // Without it a server that is named by its address is held against "localhost".
    checkServerIdentity: (_, certificate) => checkServerIdentity(host, certificate),
  };
}

/** Changes when one of the files does. */
export function stampOf(files: TlsFiles | undefined): string {
  if (files === undefined) return "";
  const { ca, cert, key } = files;
  return [ca, cert, key].map((path) => (path === undefined ? "" : stampOfFile(path))).join();
}

function stampOfFile(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined ? "gone" : `${stats.mtimeMs}:${stats.ino}:${stats.size}`;
}

function read(path: string, which: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const text = `The file of \`ssl.${which}\` cannot be read. Check its path under [connections], and that the server may read it.`;
    throw new LostConnection(text, { cause: error });
  }
}

/** A code of Node's own. */
const wrongHost = "ERR_TLS_CERT_ALTNAME_INVALID";
const reasons: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: "its certificate has expired",
  CERT_NOT_YET_VALID: "its certificate is not valid yet",
  DEPTH_ZERO_SELF_SIGNED_CERT: "its certificate is signed by itself; name it, or who signed it, as `ssl.ca`",
  SELF_SIGNED_CERT_IN_CHAIN: "its certificate is signed by nobody we trust; name who signed it as `ssl.ca`",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    "its certificate is signed by nobody we trust; name who signed it as `ssl.ca`",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    "its certificate is signed by nobody we trust; name who signed it as `ssl.ca`",
  CERT_SIGNATURE_FAILURE: "its certificate is signed by somebody else than it says",
  CERT_REVOKED: "its certificate was revoked",
  [wrongHost]: "its certificate is for another host than the one that was asked for",
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: "it demands a certificate of ours: `ssl.cert` and `ssl.key`",
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: "it does not trust who signed our certificate (`ssl.cert`)",
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED: "it says that our certificate (`ssl.cert`) has expired",
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: "it refuses our certificate (`ssl.cert`)",
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE:
    "it shares no way to encrypt with us, or demands a certificate of ours",
  ERR_OSSL_X509_KEY_VALUES_MISMATCH: "`ssl.key` is not the key of `ssl.cert`",
  ERR_SSL_WRONG_VERSION_NUMBER: "it does not speak TLS there",
};

/** The same in OpenSSL's own words: a driver puts another code over them. */
const spoken: readonly (readonly [RegExp, string])[] = [
  [/certificate has expired/i, "CERT_HAS_EXPIRED"],
  [/not yet valid/i, "CERT_NOT_YET_VALID"],
  [/does not match certificate's altnames|not in the cert's list|is not cert's CN/i, wrongHost],
  [/self[- ]signed certificate in/i, "SELF_SIGNED_CERT_IN_CHAIN"],
  [/self[- ]signed certificate/i, "DEPTH_ZERO_SELF_SIGNED_CERT"],
  [/issuer certificate|first certificate/i, "UNABLE_TO_GET_ISSUER_CERT_LOCALLY"],
  [/certificate signature failure/i, "CERT_SIGNATURE_FAILURE"],
  [/certificate required/i, "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED"],
  [/alert unknown ca/i, "ERR_SSL_TLSV1_ALERT_UNKNOWN_CA"],
];

/** The error of a server that TLS keeps us from; nothing for others. Not a lost connection: it would say the same again. */
export function tlsError(error: unknown, what: string): BrokerError | undefined {
  const reason = tlsReason(error);
  if (reason === undefined) return undefined;
  return new BrokerError("ERR_CONNECTION_FAILED", `${what}: ${reason}.`, { cause: error });
}

/** What is wrong with TLS, in words that say what to mend; nothing for errors of another kind. */
function tlsReason(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = "code" in error ? String(error.code) : "";
  if (Object.hasOwn(reasons, code)) return reasons[code];
  if (!/^(HANDSHAKE_SSL_ERROR$|ERR_(SSL|OSSL|TLS)_)/.test(code)) return undefined;
  const known = spoken.find(([pattern]) => pattern.test(error.message))?.[1] ?? "";
  return reasons[known] ?? `TLS failed (${code})`;
}
