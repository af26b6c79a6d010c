import { Agent as PlainAgent, request as plainRequest, type IncomingMessage } from "node:http";
import { Agent as TlsAgent, request as tlsRequest } from "node:https";
import type { BrokerQuestion } from "../../wire/query.ts";
import { tooManyBytes } from "../answer.ts";
import type { Call, Connection, End } from "../connection.ts";
import { BrokerError, LostConnection } from "../errors.ts";
import type { HttpSettings } from "../settings.ts";
import { onlyReads } from "../statement-kind.ts";
import { readTls, stampOf, tlsError } from "../tls-files.ts";
import { bodyOf, headersOf, urlOf, type HttpRequest } from "./http-request.ts";

type Headers = Readonly<Record<string, string>>;

/** What fits into one part of an answer, in base64 and with room for its headers. */
const mostBytes = 40_000_000;
const reading = new Set(["GET", "HEAD"]);
/** They belong to the connection, or would give an app somebody's session. */
const kept = /^(connection|keep-alive|transfer-encoding|te|trailer|upgrade|set-cookie.*|proxy-.*)$/;

/** A service behind one URL. It follows no redirect, and keeps no cookie. */
export class HttpConnection implements Connection {
  readonly #settings: HttpSettings;
  #agent: PlainAgent | TlsAgent | undefined;
  #stamp = "";

  constructor(settings: HttpSettings) {
    this.#settings = settings;
  }

  async ask(request: BrokerQuestion, call: Call): Promise<End> {
    const { name, write, retries } = this.#settings;
    if (request.kind !== "http")
      throw new BrokerError(
        "ERR_QUERY_REFUSED",
        `connections.${name} is a web service: ask it by get, post and their like.`,
      );
    const isReading = reading.has(request.method);
    if (!isReading && !write) throw onlyReads();
    const operators = this.#headersFor(request);
    for (let tries = 0; ; tries++) {
      try {
        return await this.#request(request, operators, call.signal);
      } catch (error) {
        if (!(error instanceof LostConnection) || !isReading || tries >= retries) throw error;
      }
    }
  }

  release(): void {}

  close(): void {
    this.#agent?.destroy();
  }

  /** What the operator, or the viewer's sign-in, says with a request: nothing that an app says stands above it. */
  #headersFor({ asViewer, bearer }: HttpRequest): Headers {
    const { name, headers } = this.#settings;
    if (asViewer !== true) return headers;
    if (bearer === undefined)
      throw new BrokerError("ERR_NO_IDENTITY", "Nobody is signed in, so nothing can be asked as the viewer.");
    if (Object.hasOwn(headers, "authorization"))
      throw new BrokerError(
        "ERR_CONNECTION_SETTINGS",
        `connections.${name} has credentials of its own (token, user or an Authorization header), so it cannot be asked as the viewer: take them out, or ask without { as: "viewer" }.`,
      );
    return { ...headers, authorization: `Bearer ${bearer}` };
  }

  #request(request: HttpRequest, operators: Headers, signal: AbortSignal): Promise<End> {
    const url = urlOf(this.#settings.url, request);
    const headers = headersOf(request.headers, operators);
    const body = bodyOf(request);
    if (body !== undefined) headers["content-length"] = String(body.length);
    const start = url.protocol === "https:" ? tlsRequest : plainRequest;
    const { promise, resolve, reject } = Promise.withResolvers<End>();
    const failed = (error: unknown): void => reject(signal.aborted ? signal.reason : lost(error));
    try {
      const { method } = request;
      const sent = start(url, { agent: this.#agentNow(), method, headers, signal }, (response) => {
        this.#read(response).then(resolve, failed);
      });
      sent.on("error", failed);
      sent.end(body);
    } catch (error) {
      failed(error); // certificates that do not belong together are found out at once
    }
    return promise;
  }

  async #read(response: IncomingMessage): Promise<End> {
    const most = Math.min(this.#settings.maxBytes, mostBytes);
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of response as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > most) {
        response.destroy();
        throw tooManyBytes(most);
      }
      chunks.push(chunk);
    }
    const headers: [string, string][] = [];
    for (let at = 0; at + 1 < response.rawHeaders.length; at += 2) {
      const name = response.rawHeaders[at]?.toLowerCase() ?? "";
      if (!kept.test(name)) headers.push([name, response.rawHeaders[at + 1] ?? ""]);
    }
    return { status: response.statusCode ?? 502, headers, body: Buffer.concat(chunks).toString("base64") };
  }

  /** The agent, made anew when the certificates are others. */
  #agentNow(): PlainAgent | TlsAgent {
    const { tls, pool } = this.#settings;
    const stamp = stampOf(tls);
    if (this.#agent !== undefined && stamp === this.#stamp) return this.#agent;
    this.#agent?.destroy();
    const common = {
      keepAlive: true,
      maxSockets: pool,
      maxFreeSockets: pool,
      timeout: this.#settings.timeoutMs,
    };
    this.#agent = tls === undefined ? new PlainAgent(common) : new TlsAgent({ ...common, ...readTls(tls) });
    this.#stamp = stamp;
    return this.#agent;
  }
}

function lost(error: unknown): unknown {
  if (error instanceof BrokerError) return error;
  const byTls = tlsError(error, "No answer from the service");
  if (byTls !== undefined) return byTls;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const reason = /^E[A-Z]+$/.test(code) ? code : "it ended the connection";
  return new LostConnection(`No answer from the service: ${reason}.`, { cause: error });
}
