import { createServer, type Server, type ServerOptions } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { Dispatcher } from "./dispatch.ts";
import { ownSites } from "./edge/own-origins.ts";
import { GatewayError } from "./errors.ts";
import { Handles } from "./handles.ts";
import { Assets } from "./http/assets.ts";
import { loadBrowserBuild } from "./http/renderer.ts";
import { operations, upgrades } from "./operations.ts";
import { gatewayDefaults, handleLimits, type GatewayOptions } from "./options.ts";
import { RefusalLog } from "./refusal-log.ts";
import type { Services } from "./services.ts";
import { Sessions } from "./sessions/sessions.ts";
import { Sockets } from "./socket/sockets.ts";
import { Tickets } from "./tickets.ts";
import { Viewers } from "./viewers.ts";

export interface Gateway {
  /** Where a browser on this machine finds it. */
  readonly url: string;
  readonly port: number;
  /** How many sessions and sockets there are now. */
  readonly counts: () => {
    readonly sessions: number;
    readonly sockets: number;
    readonly handleBytes: number;
  };
  /** Takes no more, lets runs end, writes all down, closes every socket. The pool and the store are their owner's to stop. */
  stop(): Promise<void>;
}

type Needed = Pick<GatewayOptions, "pool" | "store" | "log">;

/** Starts to serve the app. */
export async function startGateway(given: Needed & Partial<GatewayOptions>): Promise<Gateway> {
  const options: GatewayOptions = { ...gatewayDefaults, ...given };
  const state = { isDraining: false };
  const services = await assemble(options, () => state.isDraining);
  const server = createHttpServer(options);
  const port = await listen(server, options);
  const sites = ownSites(options.allowedOrigins, { port, secure: options.tls !== undefined });
  const tables = { operations: operations(services), upgrades: upgrades(services) };
  serve(server, new Dispatcher(tables, { sites, secure: options.tls !== undefined }, services));
  if (options.editing) options.pool.onProblem((problem) => tellProblem(services, problem));
  return {
    url: urlOf(options, port),
    port,
    counts: () => ({ ...services.viewers.counts, handleBytes: services.handles.bytes }),
    stop: async () => {
      state.isDraining = true;
      server.close();
      server.closeIdleConnections();
      await services.sessions.drain(options.drainSeconds * 1_000);
      await services.sockets.stop();
      server.closeAllConnections();
    },
  };
}

async function assemble(options: GatewayOptions, isDraining: () => boolean): Promise<Services> {
  const { editing, limits, log, now, patience, pool, session, showErrorDetails, store } = options;
  const browser = await loadBrowserBuild(fileURLToPath(options.browserFolder));
  const handles = new Handles(handleLimits(limits), log);
  const viewers = new Viewers(limits, now);
  const tickets = new Tickets(options.ticketSeconds, now);
  const refusals = new RefusalLog(log, now);
  const shared = { pool, log, handles, viewers, now, editing, isDraining, refusals, showErrorDetails };
  const sessions = new Sessions({ ...shared, ...session, store, showsPlaces: showErrorDetails });
  const { messageBytes: maxMessageBytes, bufferedBytes: maxBufferedBytes } = limits;
  const problem = (): string | undefined => pool.problem;
  const sockets = new Sockets({ ...shared, sessions, tickets, problem, maxMessageBytes, maxBufferedBytes });
  return { ...shared, assets: new Assets(browser), browser, patience, sessions, sockets, tickets };
}

function createHttpServer({ limits, tls }: GatewayOptions): Server {
  const settings: ServerOptions = {
    noDelay: true,
    maxHeaderSize: limits.headerBytes,
    // A missing host is refused by the gate, with all headers.
    requireHostHeader: false,
    insecureHTTPParser: false,
    joinDuplicateHeaders: false,
    headersTimeout: 10_000,
    requestTimeout: 30_000,
    keepAliveTimeout: 65_000,
    connectionsCheckingInterval: 5_000,
  };
  const server =
    tls === undefined
      ? createServer(settings)
      : createSecureServer({ ...settings, ...tls, minVersion: "TLSv1.2" });
  server.maxConnections = limits.connections;
  server.maxHeadersCount = 100;
  return server;
}

function serve(server: Server, dispatcher: Dispatcher): void {
  server.on("request", (request, response) => void dispatcher.request(request, response));
  // `Expect` is not needed by any browser: the request is judged as it stands, its body never asked for.
  server.on("checkContinue", (request, response) => void dispatcher.request(request, response));
  server.on("checkExpectation", (request, response) => void dispatcher.request(request, response));
  server.on("upgrade", (request, connection, head) => dispatcher.upgrade(request, connection, head));
  server.on("connect", (request, connection, head) => dispatcher.upgrade(request, connection, head));
  server.on("clientError", (error, connection) => dispatcher.unreadable(error, connection));
}

function listen(server: Server, { host, port, tls, allowedOrigins }: GatewayOptions): Promise<number> {
  // Wrong origins stop the start before a port is taken.
  ownSites(allowedOrigins, { port: port === 0 ? 1 : port, secure: tls !== undefined });
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(explain(error, host, port)));
    server.listen({ host, port, exclusive: true }, () => {
      // An address of a TCP server is never a string.
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): GatewayError {
  switch (error.code) {
    case "EADDRINUSE":
      return new GatewayError(
        "ERR_PORT_IN_USE",
        `Port ${port} is in use. Stop what uses it, or choose another: --port ${port + 1}, or --port 0 for any free one.`,
        { cause: error },
      );
    case "EACCES":
      return new GatewayError(
        "ERR_ADDRESS",
        `Port ${port} may not be opened by this user. Choose one above 1023: --port 8501.`,
        { cause: error },
      );
    default:
      return new GatewayError(
        "ERR_ADDRESS",
        `The gateway cannot listen at ${host}, port ${port} (${error.code ?? error.message}). Choose an address of this machine: --host 127.0.0.1.`,
        { cause: error },
      );
  }
}

function tellProblem({ sessions }: Services, problem: string | undefined): void {
  sessions.tell(({ tab }) => tab.say({ t: "problem", text: problem?.slice(0, 20_000) ?? null }));
}

function urlOf({ host, tls }: GatewayOptions, port: number): string {
  const isAnywhere = host === "0.0.0.0" || host === "::" || host === "";
  const name = isAnywhere ? "127.0.0.1" : host.includes(":") ? `[${host}]` : host;
  return `${tls === undefined ? "http" : "https"}://${name}:${port}`;
}
