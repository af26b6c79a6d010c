/** The app that is attacked, as a browser reaches it: pages, tickets, sockets. */
import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { request as httpsRequest } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import { WebSocket } from "ws";
import { bootElementId, bootSchema, type Boot } from "../../wire/boot.ts";
import { decodeText } from "../../wire/schema.ts";
import { UsageError } from "../arguments.ts";

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A page as a viewer got it. */
export interface Page {
  readonly boot: Boot;
  /** As the browser sends it from here on. */
  readonly cookie: string;
}

/** What a socket is opened with; what is left out is as a browser would have it. */
export interface Opening {
  readonly cookie: string;
  readonly ticket: string;
  readonly origin?: string;
}

const maxBytes = 50_000_000;
const maxMs = 20_000;
const bootData = new RegExp(`id="${bootElementId}"[^>]*>([^<]*)<`);

export class Victim {
  readonly url: URL;

  constructor(url: URL) {
    this.url = url;
  }

  /** The path below which the app lives, or nothing: pages have no folders. */
  get base(): string {
    const { pathname } = this.url;
    return pathname.slice(0, pathname.lastIndexOf("/"));
  }

  /** Asks once more after a while where it was too often. */
  async ask(path: string, headers: Readonly<Record<string, string>> = {}, method = "GET"): Promise<Answer> {
    for (let tries = 1; ; tries++) {
      const answer = await this.#once(path, headers, method);
      if (answer.status !== 429 || tries === 10) return answer;
      await sleep(1_000);
    }
  }

  /** Opens the page as a new viewer, or as one whose cookie is given. */
  async page(cookie?: string): Promise<Page> {
    const path = `${this.url.pathname}${this.url.search}`;
    const navigation = { "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document" };
    const answer = await this.ask(path, cookie === undefined ? navigation : { ...navigation, cookie });
    const { location } = answer.headers;
    if (answer.status === 308 && location !== undefined) {
      this.url.href = new URL(location, this.url.origin).href;
      return this.page(cookie);
    }
    const text = bootData.exec(answer.body)?.[1];
    if (text === undefined)
      throw new UsageError(
        `No page of a Strongroom app came from there (status ${answer.status}). An app that asks who is there is attacked with --cookie, as the browser has it after signing in.`,
      );
    const decoded = decodeText(bootSchema, text, maxBytes);
    if (!decoded.ok) throw new UsageError("The page is of another version of Strongroom than this command.");
    const set = answer.headers["set-cookie"]?.[0]?.split(";")[0];
    return { boot: decoded.value, cookie: set ?? cookie ?? "" };
  }

  async ticket(cookie: string): Promise<string> {
    const headers = { cookie, origin: this.url.origin, "content-length": "0" };
    const { body } = await this.ask(`${this.base}/_strongroom/ticket`, headers, "POST");
    return /"ticket":"([\w-]{43})"/.exec(body)?.[1] ?? "";
  }

  /** An open socket, or the status of the answer that refused it. */
  socket({ cookie, ticket, origin = this.url.origin }: Opening): Promise<WebSocket | number> {
    const address = `${this.url.origin.replace("http", "ws")}${this.base}/_strongroom/socket?ticket=${ticket}`;
    const socket = new WebSocket(address, {
      ...(origin === "" ? {} : { origin }),
      headers: cookie === "" ? {} : { cookie },
      perMessageDeflate: false,
      // It is this machine: whose name the certificate bears does not matter, and nothing secret is sent.
      rejectUnauthorized: false,
      handshakeTimeout: maxMs,
    });
    return new Promise((resolve) => {
      socket.once("open", () => resolve(socket));
      socket.once("unexpected-response", (_, answer) => {
        answer.resume();
        socket.terminate();
        resolve(answer.statusCode ?? 0);
      });
      socket.on("error", () => resolve(0));
    });
  }

  #once(path: string, headers: Readonly<Record<string, string>>, method: string): Promise<Answer> {
    const send = this.url.protocol === "https:" ? httpsRequest : httpRequest;
    return new Promise((resolve, reject) => {
      const options = { method, headers, timeout: maxMs, rejectUnauthorized: false };
      const asking = send(new URL(path, this.url), options, (answer) => {
        const parts: Buffer[] = [];
        let size = 0;
        answer.on("data", (part: Buffer) => {
          if ((size += part.length) <= maxBytes) parts.push(part);
        });
        answer.on("end", () => {
          const body = Buffer.concat(parts).toString();
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body });
        });
        answer.on("error", reject);
      });
      asking.on("timeout", () => asking.destroy(new Error("No answer came in time.")));
      asking.on("error", () =>
        reject(
          new UsageError(`Nothing answers at ${this.url.origin}. Start the app first: strongroom run app.ts`),
        ),
      );
      asking.end();
    });
  }
}
