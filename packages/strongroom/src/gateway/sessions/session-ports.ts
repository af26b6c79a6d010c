import type { Access } from "../access/access.ts";
import type { Handles } from "../handles.ts";
import type { WriteBehind } from "../store/write-behind.ts";
import type { Uploads } from "../uploads/uploads.ts";
import type { Announcer } from "./announcer.ts";
import type { HomePorts } from "./home.ts";
import type { GuardPorts } from "./page-guard.ts";

/** What all sessions of a gateway share. */
export interface SessionPorts extends HomePorts, GuardPorts {
  readonly access: Access;
  readonly writer: WriteBehind;
  readonly announcer: Announcer;
  readonly handles: Handles;
  readonly uploads: Uploads;
  /** Viewers may read where in the author's code something was stopped. */
  readonly showsPlaces: boolean;
}
