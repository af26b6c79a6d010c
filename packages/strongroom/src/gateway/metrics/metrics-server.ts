/** Numbers for Prometheus, on a port of their own: whoever reaches the app does not reach them. */
import type { IncomingMessage, Server } from "node:http";
import type { AddressInfo } from "node:net";
import { collectDefaultMetrics, Counter, Gauge, Registry } from "prom-client";
import { GatewayError } from "../errors.ts";
import { textAnswer, writeAnswer, type Answer } from "../http/answer.ts";
import { aside } from "../http/security-headers.ts";
import { createServer } from "../node-http.ts";
import { counters, gauges, type Measures } from "./measures.ts";

export interface MetricsServer {
  readonly url: string;
  close(): void;
}

/** Opens the port; the numbers are read when somebody asks. */
export async function openMetrics(
  { host, port }: { readonly host: string; readonly port: number },
  measure: () => Measures,
): Promise<MetricsServer> {
  const registry = registryOf(measure);
  const server = createServer({ requestTimeout: 10_000, maxHeaderSize: 8_192 }, (request, response) => {
    const asked = { place: aside, isHead: request.method === "HEAD" };
    answerTo(request, registry, loopback.test(host))
      .catch(() => textAnswer(500, "The numbers cannot be read."))
      .then((answer) => writeAnswer(response, answer, asked))
      .catch(() => response.destroy()); // nobody is left to be told
  });
  server.maxConnections = 50;
  const listening = await listen(server, host, port);
  const name = host.includes(":") ? `[${host}]` : host;
  return {
    url: `http://${name}:${listening}/metrics`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** This machine's own names, with a port or without. */
const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)(?::\d+)?$/i;

async function answerTo(
  { method, url, headers }: IncomingMessage,
  registry: Registry,
  isLocal: boolean,
): Promise<Answer> {
  // A name of somebody else's that leads to this machine: browsers say nothing more of the page that asks.
  if (isLocal && !loopback.test(headers.host ?? "")) return textAnswer(421, "This is not that host.");
  if (url !== "/metrics") return textAnswer(404, "There is nothing here.");
  if (method !== "GET" && method !== "HEAD")
    return textAnswer(405, "Another method was expected.", { Allow: "GET, HEAD" });
  // Prometheus is no browser: a page of somebody else, under whatever host's name, reads nothing here.
  const site = headers["sec-fetch-site"];
  if ((site !== undefined && site !== "none") || headers.origin !== undefined)
    return textAnswer(403, "This cannot be used from a page.");
  return { status: 200, type: registry.contentType, body: await registry.metrics() };
}

function registryOf(measure: () => Measures): Registry {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  for (const { name, help, read } of gauges) {
    const gauge: Gauge = new Gauge({ name, help, registers, collect: () => gauge.set(read(measure())) });
  }
  for (const { name, help, label, read } of counters) {
    const counter: Counter = new Counter({
      name,
      help,
      registers,
      labelNames: [label],
      collect: () => {
        counter.reset();
        for (const [value, count] of read(measure())) counter.inc({ [label]: value }, count);
      },
    });
  }
  return registry;
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === "EADDRINUSE";
      const message = isTaken
        ? `Port ${port} of metrics.port is in use. Stop what uses it, or choose another.`
        : `The metrics cannot be served at ${host}, port ${port} (${error.code ?? ""}). Choose an address of this machine: metrics.host.`;
      reject(new GatewayError(isTaken ? "ERR_PORT_IN_USE" : "ERR_ADDRESS", message, { cause: error }));
    });
    // An address of a TCP server is never a string.
    server.listen({ host, port, exclusive: true }, () => resolve((server.address() as AddressInfo).port));
  });
}
