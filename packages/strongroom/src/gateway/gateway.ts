import { fileURLToPath } from "node:url";
import { Access, type AccessSettings } from "./access/access.ts";
import { changeAccess, followLogins, sweeper } from "./live-changes.ts";
import { doorkeeping } from "./access/doorkeeping.ts";
import type { Identity } from "./auth/identity.ts";
import { assembleSignIn } from "./auth/assemble-sign-in.ts";
import { AddressRates } from "./address-rates.ts";
import { counted } from "./audit/audit.ts";
import { Cleaner } from "./clean-bytes.ts";
import { Dispatcher, type Tables } from "./dispatch.ts";
import { openDoor, type Door } from "./door.ts";
import { trustedProxies } from "./edge/client-address.ts";
import { embeddersOf } from "./edge/embedders.ts";
import { ownSites } from "./edge/own-origins.ts";
import type { Reached } from "./gate.ts";
import { Handles } from "./handles.ts";
import { Assets } from "./http/assets.ts";
import { findBrowserBuild } from "./http/renderer.ts";
import type { Measures } from "./metrics/measures.ts";
import { operations, upgrades } from "./operations.ts";
import { gatewayDefaults, handleLimits, uploadLimitsOf, type GatewayOptions } from "./options.ts";
import { Mask } from "../secrets/mask.ts";
import { redactedPool } from "./redacted-pool.ts";
import { RefusalLog } from "./refusal-log.ts";
import { heldBack } from "./self-attack/held-back.ts";
import type { Services } from "./services.ts";
import { Sessions } from "./sessions/sessions.ts";
import { Sockets } from "./socket/sockets.ts";
import { StaticFiles } from "./static/static-files.ts";
import { Tickets } from "./tickets.ts";
import { Uploads } from "./uploads/uploads.ts";
import { Viewers } from "./viewers.ts";

export interface Gateway {
  /** Where a browser on this machine finds it. */
  readonly url: string;
  readonly port: number;
  /** What it tells of itself in numbers. */
  readonly measures: () => Measures;
  /** Who may see what from now on, also of what is open. */
  changeAccess(access: AccessSettings): void;
  /** Attacks itself over its own port, and answers how many attempts were refused; throws where one was let in. */
  attackSelf(): Promise<number>;
  /** How many sessions and sockets there are now. */
  readonly counts: () => {
    readonly sessions: number;
    readonly sockets: number;
    readonly handleBytes: number;
    readonly uploadBytes: number;
  };
  /** Takes no more, lets runs end, writes all down, closes every socket. The pool and the store are their owner's to stop. */
  stop(): Promise<void>;
}

/** A sign-in that time has ended is over within this for tabs that are open. */
const loginSweepMs = 1_000;
/** One that another process has ended, within this and what an answer takes. */
const storeFollowMs = 250;

type Needed = Pick<GatewayOptions, "pool" | "store" | "log">;

/** Starts to serve the app, at a door that is open already or at one of its own. */
export async function startGateway(
  given: Needed & Partial<GatewayOptions>,
  openedDoor?: Door,
): Promise<Gateway> {
  const { mask = new Mask() } = given;
  const pool = redactedPool(given.pool, mask);
  const options: GatewayOptions = { ...gatewayDefaults, ...given, mask, pool };
  const state = { isDraining: false };
  const services = await assemble(options, () => state.isDraining);
  const door = openedDoor ?? (await openDoor(options));
  const tables = { operations: operations(services), upgrades: upgrades(services) };
  const dispatcher = new Dispatcher(tables, reachedAs(options, services, door.port), services);
  const { promise: passed, resolve: pass } = Promise.withResolvers<void>();
  door.serve(options.attacksFirst ? heldBack(dispatcher, passed, services.refusals) : dispatcher);
  const sweeping = setInterval(sweeper(services), loginSweepMs).unref();
  const following = setInterval(() => void services.followStore(), storeFollowMs).unref();
  loadRenderer(services);
  if (options.editing) options.pool.onProblem((problem) => tellProblem(services, problem));
  return {
    url: door.url,
    port: door.port,
    measures: () => measuresOf(services),
    changeAccess: (access) => changeAccess(services, access),
    attackSelf: () =>
      attackAt(door, { tables, pass, base: options.base, ownPorts: services.refusals.ownPorts }),
    counts: () => {
      const { viewers, handles, uploads } = services;
      return { ...viewers.counts, handleBytes: handles.bytes, uploadBytes: uploads.bytes };
    },
    stop: async () => {
      state.isDraining = true;
      clearInterval(sweeping);
      clearInterval(following);
      door.close();
      await services.sessions.drain(options.drainSeconds * 1_000);
      await services.sockets.stop();
      door.closeConnections();
    },
  };
}

/** How this gateway is reached, by itself and through proxies. */
function reachedAs(options: GatewayOptions, services: Services, port: number): Reached {
  const { allowedOrigins, developer, tls } = options;
  const secure = tls !== undefined;
  return {
    sites: ownSites(allowedOrigins, { port, secure }),
    base: options.base,
    embedders: embeddersOf(options.embedders),
    secure,
    proxies: trustedProxies(options.trustedProxies),
    ...doorkeeping(services, developer),
  };
}

async function assemble(options: GatewayOptions, isDraining: () => boolean): Promise<Services> {
  const { editing, limits, log, look, mask, now, pool, showErrorDetails, store } = options;
  const audit = counted(options.audit);
  const browser = await findBrowserBuild(fileURLToPath(options.browserFolder));
  const handles = new Handles(handleLimits(limits), log);
  const cleaner = new Cleaner({ mask, openDownloads: options.openDownloads, log });
  const viewers = new Viewers(limits, now);
  const signingIn = await assembleSignIn(options);
  const { bearerOf, logins } = signingIn;
  const tickets = new Tickets(options.ticketSeconds, now);
  const refusals = new RefusalLog(log, now, audit);
  const uploads = new Uploads(uploadLimitsOf(options), now);
  const identify = (viewer: string): Identity | undefined => options.developer ?? logins.find(viewer);
  const access = new Access({ settings: options.access, pool, identify });
  const basics = { access, bearerOf, pool, log, now, editing, isDraining, showErrorDetails };
  const shared = { ...basics, audit, handles, uploads, viewers, refusals };
  const sessions = new Sessions({ ...shared, ...options.session, store, showsPlaces: showErrorDetails });
  const messages = { maxMessageBytes: limits.messageBytes, maxBufferedBytes: limits.bufferedBytes };
  const asked = { problem: () => pool.problem, touch: (viewer: string) => logins.touch(viewer) };
  const sockets = new Sockets({ ...shared, ...messages, sessions, tickets, ...asked });
  followLogins(logins, { sessions, sockets });
  return {
    ...shared,
    developer: options.developer,
    ...signingIn,
    addresses: new AddressRates(limits.requestsPerSecond, now),
    assets: new Assets(browser, look.fonts),
    browser,
    cleaner,
    isEmbeddable: options.embedders.length > 0,
    look,
    maxUploadBytes: options.maxUploadBytes,
    patience: options.patience,
    sessions,
    sockets,
    statics: new StaticFiles({ folder: options.staticFolder, mask, log, now }),
    tickets,
  };
}

function measuresOf({ audit, handles, pool, refusals, uploads, viewers }: Services): Measures {
  return {
    ...viewers.counts,
    handleBytes: handles.bytes,
    uploadBytes: uploads.bytes,
    refusals: refusals.tally.counts,
    securityEvents: audit.tally.counts,
    messages: viewers.acts.counts,
    workerFalls: pool.falls,
  };
}

interface Attacking extends Pick<RefusalLog, "ownPorts"> {
  readonly base: string;
  readonly tables: Tables;
  /** It was not let in. */
  readonly pass: () => void;
}

async function attackAt(
  { asksForCertificates, url, port }: Door,
  { base, ownPorts, tables, pass }: Attacking,
): Promise<number> {
  const { attackSelf } = await import("./self-attack/self-attack.ts");
  const { hostname, protocol } = new URL(url);
  const place = { host: hostname.replaceAll(/[[\]]/g, ""), port, secure: protocol === "https:", base };
  const told = { asksForCertificates, onPort: (from: number) => void ownPorts.add(from) };
  const targets = [...tables.operations, ...tables.upgrades];
  const refused = await attackSelf({ ...place, ...told }, targets).finally(() => ownPorts.clear());
  pass();
  return refused;
}

/** Before a page needs it, and after all that a start waits for. */
function loadRenderer({ browser, log }: Services): void {
  setImmediate(() => {
    browser.load().catch((error: unknown) => log.error({ err: error }, "Pages cannot be drawn."));
  });
}

function tellProblem({ sessions }: Services, problem: string | undefined): void {
  sessions.tell(({ tab }) => tab.say({ t: "problem", text: problem?.slice(0, 20_000) ?? null }));
}
