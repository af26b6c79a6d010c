import { Agent, request, type IncomingHttpHeaders } from "node:http";
import { Agent as TlsAgent, request as tlsRequest } from "node:https";

export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly url: URL;
}

/** Follows links, forms and cookies as a browser does, for each host its own, without running scripts. */
export class Visitor implements Disposable {
  readonly jar = new Map<string, Map<string, string>>();
  /** How it names itself. */
  userAgent: string | undefined;
  readonly #agent = new Agent({ keepAlive: true });
  /** A server's own certificate, made for a test. */
  readonly #tlsAgent = new TlsAgent({ keepAlive: true, rejectUnauthorized: false });

  cookies(host: string): string {
    return [...(this.jar.get(host) ?? [])].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  async go(
    address: string | URL,
    options: { method?: string; headers?: Record<string, string>; body?: string } = {},
  ): Promise<Answered> {
    const url = new URL(address);
    const { method = "GET", headers = {}, body } = options;
    const cookie = this.cookies(url.host);
    const answered = await new Promise<Answered>((resolve, reject) => {
      const isTls = url.protocol === "https:";
      const asked = (isTls ? tlsRequest : request)(url, {
        method,
        agent: isTls ? this.#tlsAgent : this.#agent,
        headers: {
          ...(cookie === "" ? {} : { cookie }),
          ...(this.userAgent === undefined ? {} : { "user-agent": this.userAgent }),
          ...(body === undefined
            ? {}
            : { "content-type": "application/x-www-form-urlencoded", "content-length": String(body.length) }),
          ...headers,
        },
      });
      asked.on("error", reject);
      asked.on("response", (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("error", reject);
        answer.on("end", () =>
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            body: Buffer.concat(chunks).toString(),
            url,
          }),
        );
      });
      asked.end(body);
    });
    this.#keep(url.host, answered.headers["set-cookie"] ?? []);
    return answered;
  }

  /** Goes there and on, until an answer is none that leads elsewhere, or leads to where `stop` says. */
  async follow(address: string | URL, stop: (url: URL) => boolean = () => false): Promise<Answered> {
    let answered = await this.go(address);
    for (let steps = 0; steps < 20 && answered.headers.location !== undefined; steps++) {
      const next = new URL(answered.headers.location, answered.url);
      if (stop(next)) return { ...answered, url: next };
      answered = await this.go(next);
    }
    return answered;
  }

  /** Names itself to the provider's pages, and says yes to what they ask, until they lead to `stop`. */
  async passProvider(address: string | URL, name: string, stop: (url: URL) => boolean): Promise<URL> {
    let answered = await this.follow(address, stop);
    for (let steps = 0; steps < 10; steps++) {
      if (stop(answered.url)) return answered.url;
      const action = /<form[^>]* action="([^"]+)"/.exec(answered.body)?.[1];
      if (action === undefined)
        throw new Error(`No form at ${answered.url.href}: ${answered.body.slice(0, 500)}`);
      const prompt = /name="prompt" value="([^"]+)"/.exec(answered.body)?.[1] ?? "";
      const body = new URLSearchParams({ prompt, login: name, password: "any" }).toString();
      const posted = await this.go(new URL(action.replaceAll("&amp;", "&"), answered.url), {
        method: "POST",
        body,
      });
      if (posted.headers.location === undefined) throw new Error(`The provider answered ${posted.status}.`);
      const next = new URL(posted.headers.location, posted.url);
      if (stop(next)) return next;
      answered = await this.follow(next, stop);
    }
    throw new Error("The provider's pages have no end.");
  }

  #keep(host: string, lines: readonly string[]): void {
    const cookies = this.jar.get(host) ?? new Map<string, string>();
    this.jar.set(host, cookies);
    for (const line of lines) {
      const [pair = "", ...attributes] = line.split(";");
      const mark = pair.indexOf("=");
      const name = pair.slice(0, mark).trim();
      const isOver = attributes.some((attribute) =>
        /max-age=0|expires=thu, 01 jan 1970/i.test(attribute.trim()),
      );
      if (isOver) cookies.delete(name);
      else cookies.set(name, pair.slice(mark + 1));
    }
  }

  [Symbol.dispose](): void {
    this.#agent.destroy();
    this.#tlsAgent.destroy();
  }
}
