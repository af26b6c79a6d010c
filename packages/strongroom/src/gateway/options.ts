import type { Logger } from "pino";
import type { Mask } from "../secrets/mask.ts";
import { openToAll, type AccessSettings } from "./access/access.ts";
import type { Identity } from "./auth/identity.ts";
import type { LoginTimes } from "./auth/login-row.ts";
import { noAudit, type Audit } from "./audit/audit.ts";
import type { AuthSettings } from "./auth/settings.ts";
import type { HandleLimits } from "./handles.ts";
import { plainLook, type Look } from "./http/look.ts";
import type { Patience } from "./sessions/first-view.ts";
import type { SessionTimes } from "./sessions/sessions-options.ts";
import type { Store } from "./store/store.ts";
import type { Pool } from "./supervise/pool-types.ts";
import type { UploadLimits } from "./uploads/room.ts";
import type { ViewerLimits } from "./viewers.ts";

/** What an operator may change about sizes and rates. */
export interface GatewayLimits extends ViewerLimits {
  /** The largest message of a browser. */
  readonly messageBytes: number;
  /** So much may wait for a browser that reads slowly. */
  readonly bufferedBytes: number;
  /** Images, tables and downloads of one session, and of all. */
  readonly handleBytesPerSession: number;
  readonly handleBytes: number;
  /** Files of one session, of one viewer, and of all. */
  readonly uploadBytesPerSession: number;
  readonly uploadBytesPerViewer: number;
  readonly uploadBytes: number;
  /** Bytes of one download that is made as it is sent. */
  readonly downloadBytes: number;
  /** Such downloads at a time: of one viewer, and of all. */
  readonly downloadsPerViewer: number;
  readonly downloads: number;
  readonly headerBytes: number;
  /** Requests from one address. */
  readonly requestsPerSecond: number;
  /** Open connections, sockets among them. */
  readonly connections: number;
}

/** How the gateway proves who it is, and who must prove it to the gateway. */
export interface TlsSettings {
  readonly cert: string | Buffer;
  readonly key: string | Buffer;
  /** Authorities of viewers' certificates: where there are any, each connection must show one. */
  readonly clientCa?: string | Buffer | undefined;
  readonly minVersion?: "TLSv1.2" | "TLSv1.3";
}

export interface GatewayOptions {
  readonly pool: Pool;
  readonly store: Store;
  readonly log: Logger;
  readonly audit: Audit;
  /** Hides secrets in all that goes to browsers. */
  readonly mask: Mask;
  /** Names of downloads that may hold secrets. */
  readonly openDownloads: readonly string[];
  /** The address to listen at. */
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** Further origins under which browsers reach this gateway, such as a proxy's: "https://app.example.com". */
  readonly allowedOrigins: readonly string[];
  /** The path below which the app lives: "/team/app"; "" for an origin of its own. */
  readonly base: string;
  /** Origins whose pages may show the app in a frame: "https://portal.example.com". */
  readonly embedders: readonly string[];
  /** Addresses and networks of proxies that say truly who asks. */
  readonly trustedProxies: readonly string[];
  readonly tls: TlsSettings | undefined;
  /** The author works on the app: viewers read why a save does not compile. */
  readonly editing: boolean;
  /** Nobody is answered before the server has attacked itself in vain. */
  readonly attacksFirst: boolean;
  /** Viewers may read where in the code something was stopped. */
  readonly showErrorDetails: boolean;
  readonly look: Look;
  readonly session: SessionTimes;
  readonly logins: LoginTimes;
  /** So long what a provider said of a viewer counts, while they are here. */
  readonly recheckSeconds: number;
  readonly access: AccessSettings;
  /** Who everybody is to the app, while it is edited on this machine. */
  readonly developer: Identity | undefined;
  /** How viewers sign in; nothing where they cannot. */
  readonly auth: AuthSettings | undefined;
  readonly limits: GatewayLimits;
  /** The largest file that a viewer may send. */
  readonly maxUploadBytes: number;
  /** A folder whose files are served as they are. */
  readonly staticFolder: string | undefined;
  readonly patience: Patience;
  readonly ticketSeconds: number;
  /** So long runs may go on once the gateway is told to stop. */
  readonly drainSeconds: number;
  /** The build of the browser's side. */
  readonly browserFolder: URL;
  readonly now: () => number;
}

/** Small on purpose: raising a limit is a decision. */
export const gatewayDefaults = {
  host: "127.0.0.1",
  port: 8501,
  allowedOrigins: [],
  base: "",
  embedders: [],
  trustedProxies: [],
  tls: undefined,
  editing: false,
  attacksFirst: false,
  showErrorDetails: false,
  look: plainLook,
  auth: undefined,
  logins: { idleSeconds: 12 * 3_600, lifeSeconds: 7 * 86_400 },
  recheckSeconds: 300,
  access: openToAll,
  developer: undefined,
  session: { ttlSeconds: 86_400, sleepAfterSeconds: 600 },
  limits: {
    connections: 20_000,
    sockets: 10_000,
    socketsPerViewer: 100,
    sessions: 20_000,
    sessionsPerViewer: 200,
    newSessionsPerSecond: 100,
    eventsPerSecond: 60,
    messageBytes: 2 * 1024 * 1024,
    bufferedBytes: 8 * 1024 * 1024,
    handleBytesPerSession: 128 * 1024 * 1024,
    handleBytes: 1024 * 1024 * 1024,
    uploadBytesPerSession: 400_000_000,
    uploadBytesPerViewer: 600_000_000,
    uploadBytes: 2_000_000_000,
    downloadBytes: 4_000_000_000,
    downloadsPerViewer: 10,
    downloads: 200,
    headerBytes: 16 * 1024,
    requestsPerSecond: 1_000,
  },
  maxUploadBytes: 200_000_000,
  staticFolder: undefined,
  patience: { forRunMs: 300, forAnythingMs: 20_000 },
  ticketSeconds: 30,
  drainSeconds: 3,
  openDownloads: [],
  audit: noAudit,
  browserFolder: new URL("../browser/", import.meta.url),
  now: Date.now,
} as const satisfies Omit<GatewayOptions, "pool" | "store" | "log" | "mask">;

/** What a sleeping session may keep of its bytes. */
const bytesAsleep = 256 * 1024;

export function handleLimits(limits: GatewayLimits): HandleLimits {
  const { downloadBytes, downloads, downloadsPerViewer, handleBytes, handleBytesPerSession } = limits;
  const flowing = { bytesPerDownload: downloadBytes, perViewer: downloadsPerViewer, inAll: downloads };
  return { bytesInAll: handleBytes, bytesPerSession: handleBytesPerSession, bytesAsleep, flowing };
}

export function uploadLimitsOf({
  limits,
  maxUploadBytes,
}: Pick<GatewayOptions, "limits" | "maxUploadBytes">): UploadLimits {
  const { uploadBytes, uploadBytesPerSession, uploadBytesPerViewer } = limits;
  return {
    bytesPerFile: maxUploadBytes,
    bytesPerSession: uploadBytesPerSession,
    bytesPerViewer: uploadBytesPerViewer,
    bytesInAll: uploadBytes,
  };
}
