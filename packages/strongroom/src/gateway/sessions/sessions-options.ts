import type { Logger } from "pino";
import type { Handles } from "../handles.ts";
import type { Store } from "../store/store.ts";
import type { Pool } from "../supervise/pool-types.ts";
import type { Uploads } from "../uploads/uploads.ts";
import type { Viewers } from "../viewers.ts";
import type { SessionPorts } from "./session-ports.ts";

export interface SessionTimes {
  /** Without a socket for so long, a session is forgotten for good. */
  readonly ttlSeconds: number;
  /** Nothing done for so long, a session leaves its worker. */
  readonly sleepAfterSeconds: number;
}

export interface SessionsOptions extends SessionTimes {
  readonly pool: Pool;
  readonly store: Store;
  readonly log: Logger;
  readonly viewers: Viewers;
  readonly handles: Handles;
  readonly uploads: Uploads;
  readonly access: SessionPorts["access"];
  readonly bearerOf: SessionPorts["bearerOf"];
  readonly showsPlaces: boolean;
  readonly now: () => number;
}
