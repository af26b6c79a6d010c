/** The open port. It needs little: what stands behind it may be loaded while the first browsers arrive. */
import type { IncomingMessage, Server, ServerOptions, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { TlsOptions } from "node:tls";
import type { Duplex } from "node:stream";
import type { Dispatcher } from "./dispatch.ts";
import { ownSites } from "./edge/own-origins.ts";
import { GatewayError } from "./errors.ts";
import { createServer } from "./node-http.ts";
import { gatewayDefaults, type GatewayOptions, type TlsSettings } from "./options.ts";

/** What judges and answers. */
export type Serving = Pick<Dispatcher, "request" | "upgrade" | "unreadable">;

export interface Door {
  /** Where a browser on this machine finds it. */
  readonly url: string;
  readonly port: number;
  /** Hands on what comes, and what has come and waits. */
  serve(dispatcher: Serving): void;
  /** Who shows no certificate of a known authority is not let in at all. */
  readonly asksForCertificates: boolean;
  /** New connections are shown this certificate; open ones go on. */
  renewTls(tls: TlsSettings): void;
  /** Takes no more connections. */
  close(): void;
  closeConnections(): void;
}

type DoorOptions = Pick<GatewayOptions, "host" | "port" | "tls" | "allowedOrigins" | "base" | "limits">;

/** Opens the port; nothing that comes is read before there is somebody to judge it. */
export async function openDoor(given: Partial<DoorOptions>): Promise<Door> {
  const options: DoorOptions = { ...gatewayDefaults, ...given };
  const { server, renewTls } = await createHttpServer(options);
  const { promise, resolve } = Promise.withResolvers<Serving>();
  handOn(server, promise);
  const port = await listen(server, options);
  return {
    url: urlOf(options, port),
    port,
    serve: resolve,
    asksForCertificates: options.tls?.clientCa !== undefined,
    renewTls,
    close: () => {
      server.close();
      server.closeIdleConnections();
    },
    closeConnections: () => server.closeAllConnections(),
  };
}

async function createHttpServer({
  limits,
  tls,
}: DoorOptions): Promise<{ server: Server; renewTls: Door["renewTls"] }> {
  const settings: ServerOptions = {
    noDelay: true,
    maxHeaderSize: limits.headerBytes,
    // A missing host is refused by the gate, with all headers.
    requireHostHeader: false,
    insecureHTTPParser: false,
    joinDuplicateHeaders: false,
    headersTimeout: 10_000,
    // A large file on a slow line; all else has less: `dispatch.ts`.
    requestTimeout: 3_600_000,
    keepAliveTimeout: 65_000,
    connectionsCheckingInterval: 5_000,
  };
  const secure = tls && (await import("node:https")).createServer({ ...settings, ...contextOf(tls) });
  const server = secure ?? createServer(settings);
  server.maxConnections = limits.connections;
  server.maxHeadersCount = 100;
  return { server, renewTls: (renewed) => secure?.setSecureContext(contextOf(renewed)) };
}

/** Forward secret and authenticated ones only: TLS 1.2 has others, in which a padding can be asked for (CVE-2013-0169). */
const ciphers = [
  "TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256",
  "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384",
  "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305",
  "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256",
].join(":");

function contextOf({ cert, key, clientCa, minVersion = "TLSv1.3" }: TlsSettings): TlsOptions {
  const viewers = clientCa === undefined ? {} : { ca: clientCa, requestCert: true, rejectUnauthorized: true };
  return { cert, key, minVersion, ciphers, ...viewers };
}

function handOn(server: Server, dispatcher: Promise<Serving>): void {
  let known: Serving | undefined;
  void dispatcher.then((one) => (known = one));
  const by = (use: (one: Serving) => void): void => {
    if (known === undefined) void dispatcher.then(use);
    else use(known);
  };
  const request = (asked: IncomingMessage, response: ServerResponse): void =>
    by((one) => void one.request(asked, response));
  const upgrade = (asked: IncomingMessage, connection: Duplex, head: Buffer): void => {
    connection.on("error", destroy); // it may end while it waits
    by((one) => void one.upgrade(asked, connection, head));
  };
  server.on("request", request);
  // `Expect` is not needed by any browser: the request is judged as it stands, its body never asked for.
  server.on("checkContinue", request);
  server.on("checkExpectation", request);
  server.on("upgrade", upgrade);
  server.on("connect", upgrade);
  server.on("clientError", (error, connection) => by((one) => one.unreadable(error, connection)));
}

/** No closure: it would keep the request, with all its headers, for as long as the socket is open. */
function destroy(this: Duplex): void {
  this.destroy();
}

function listen(server: Server, { host, port, tls, allowedOrigins }: DoorOptions): Promise<number> {
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

function urlOf({ host, tls, base }: DoorOptions, port: number): string {
  const isAnywhere = host === "0.0.0.0" || host === "::" || host === "";
  const name = isAnywhere ? "127.0.0.1" : host.includes(":") ? `[${host}]` : host;
  return `${tls === undefined ? "http" : "https"}://${name}:${port}${base}`;
}
