import type { Logger } from "pino";
import type { Access } from "./access/access.ts";
import type { Identity } from "./auth/identity.ts";
import type { Logins } from "./auth/logins.ts";
import type { AddressRates } from "./address-rates.ts";
import type { Audit } from "./audit/audit.ts";
import type { Renewals } from "./auth/renewals.ts";
import type { SignIn } from "./auth/sign-in.ts";
import type { Assets } from "./http/assets.ts";
import type { Look } from "./http/look.ts";
import type { BrowserBuild } from "./http/renderer.ts";
import type { Cleaner } from "./clean-bytes.ts";
import type { Handles } from "./handles.ts";
import type { RefusalLog } from "./refusal-log.ts";
import type { Patience } from "./sessions/first-view.ts";
import type { Sessions } from "./sessions/sessions.ts";
import type { StaticFiles } from "./static/static-files.ts";
import type { Sockets } from "./socket/sockets.ts";
import type { Pool } from "./supervise/pool-types.ts";
import type { Tally } from "./tally.ts";
import type { Tickets } from "./tickets.ts";
import type { Uploads } from "./uploads/uploads.ts";
import type { Viewers } from "./viewers.ts";

/** The parts of the gateway that operations use: values, made once, handed on. */
export interface Services {
  readonly addresses: AddressRates;
  readonly access: Access;
  readonly assets: Assets;
  readonly audit: Audit & { readonly tally: Tally };
  readonly browser: BrowserBuild;
  readonly cleaner: Cleaner;
  readonly developer: Identity | undefined;
  readonly editing: boolean;
  /** Acts on what other processes have done to sign-ins since it was called last. */
  readonly followStore: () => Promise<void>;
  readonly handles: Handles;
  /** For the forms of pages that have no script: they live longer than those of sockets. */
  readonly formTickets: Tickets;
  readonly isDraining: () => boolean;
  /** Some page of another site may show the app in a frame. */
  readonly isEmbeddable: boolean;
  readonly log: Logger;
  readonly logins: Logins;
  readonly look: Look;
  readonly now: () => number;
  readonly patience: Patience;
  readonly pool: Pool;
  readonly refusals: RefusalLog;
  readonly renewals: Renewals;
  readonly sessions: Sessions;
  readonly showErrorDetails: boolean;
  readonly signIn: SignIn;
  readonly sockets: Sockets;
  readonly statics: StaticFiles;
  readonly tickets: Tickets;
  /** The largest file that anybody may send. */
  readonly maxUploadBytes: number;
  readonly uploads: Uploads;
  readonly viewers: Viewers;
}
