import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { TestBroker, type Outcome } from "../../../../../tests/connections/test-broker.ts";
import type { BrokerQuestion } from "../../wire/query.ts";

type Request = Extract<BrokerQuestion, { kind: "http" }>;

/** What the service was asked, last. */
interface Heard {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}
let heard: Heard[] = [];
let answer: (request: IncomingMessage, response: ServerResponse) => void = (_, response) =>
  response.end("{}");
const server = createServer((request, response) => {
  let body = "";
  request.setEncoding("utf8").on("data", (text: string) => (body += text));
  request.on("end", () => {
    const { method, url, headers } = request;
    heard.push({ method, url, headers, body });
    answer(request, response);
  });
});
let base = "";
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  base = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}/v1`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function open(more: Readonly<Record<string, unknown>> = {}): TestBroker {
  heard = [];
  answer = (_, response) => response.end("{}");
  return new TestBroker({ api: { type: "http", url: base, token: "canary-token-4711", ...more } });
}

const ask = (broker: TestBroker, path: string, more: Partial<Request> = {}): Promise<Outcome> =>
  broker.ask({ kind: "http", connection: "api", method: "GET", path, query: [], headers: [], ...more });
const bodyOf = (outcome: Outcome): string =>
  "http" in outcome ? Buffer.from(outcome.http?.body ?? []).toString() : JSON.stringify(outcome);

describe("a web service", () => {
  test("that tells the connection's credentials is read without them, whatever they stand beside", async () => {
    await using broker = open();
    const big = "12345678901234567890";
    for (const before of ["", "x", "xy"]) {
      answer = (request, response) => {
        response.setHeader("content-type", "application/json");
        response.end(`{"${before}": "${request.headers.authorization}",  "n": ${big}}`);
      };
      expect(bodyOf(await ask(broker, "/whoami"))).toBe(`{"${before}": "Bearer •••",  "n": ${big}}`);
    }
    answer = (request, response) => {
      response.setHeader("content-type", "image/png");
      response.end(`\u0089PNG${request.headers.authorization}`);
    };
    expect(await ask(broker, "/picture")).toMatchObject({ code: "ERR_QUERY_REFUSED" });
  });

  test("is asked below its URL, with what the operator gave and the request's own words", async () => {
    await using broker = open({ headers: { "X-Team": "data" } });
    const query = [
      ["q", "a b&c=d#e"],
      ["q", "é"],
    ] as const;
    const outcome = await ask(broker, "/users/a%2Fb", { query, headers: [["Accept-Language", "de"]] });
    expect(outcome).toMatchObject({ http: { status: 200 } });
    expect(heard).toMatchObject([
      {
        method: "GET",
        url: "/v1/users/a%2Fb?q=a+b%26c%3Dd%23e&q=%C3%A9",
        headers: { authorization: "Bearer canary-token-4711", "x-team": "data", "accept-language": "de" },
      },
    ]);
  });

  test.each([
    "/../admin",
    "/a/../../admin",
    "/%2e%2e/admin",
    "/.%2E/admin",
    "/%252e%252e/admin",
    "/..%2fadmin",
    "/a%2f..%2f..%2fadmin",
    "/..%5cadmin",
    "/..\\admin",
    "/./a",
    "/%00",
  ])("is never asked outside of its URL: %s", async (path) => {
    await using broker = open();
    expect(await ask(broker, path)).toMatchObject({ code: "ERR_QUERY_REFUSED" });
    expect(heard).toEqual([]);
  });

  test.each([
    "//evil.example/x",
    "/@evil.example",
    "/:8080@evil.example/",
    "/a?b#c",
    "/\thttp://evil.example",
    "/ü",
  ])("is asked itself, and nobody else, whatever the path looks like: %s", async (path) => {
    await using broker = open();
    expect(await ask(broker, path)).toMatchObject({ http: { status: 200 } });
    expect(heard).toHaveLength(1);
    expect(heard[0]?.url).toMatch(/^\/v1\/[^?#]*$/);
  });

  test.each<[string, string]>([
    ["Host", "evil.example"],
    ["Authorization", "mine"],
    ["Cookie", "a=b"],
    ["Transfer-Encoding", "chunked"],
    ["Content-Length", "0"],
    ["X-Forwarded-For", "1.1.1.1"],
    ["Proxy-Authorization", "x"],
    ["X-A", "a\r\nX-B: b"],
    ["X-A", "a\nb"],
    ["X A", "b"],
    ["X:A", "b"],
  ])("takes no header %s: %j", async (name, value) => {
    await using broker = open();
    expect(await ask(broker, "/", { headers: [[name, value]] })).toMatchObject({ code: "ERR_QUERY_REFUSED" });
    expect(heard).toEqual([]);
  });

  test("is changed only where the operator allows it", async () => {
    await using reader = open();
    for (const method of ["POST", "PUT", "PATCH", "DELETE"] as const)
      expect(await ask(reader, "/", { method })).toMatchObject({ code: "ERR_QUERY_REFUSED" });
    expect(heard).toEqual([]);
    await using writer = open({ write: true });
    const text = '{"name":"Zoë"}';
    expect(await ask(writer, "/", { method: "POST", body: { text } })).toMatchObject({
      http: { status: 200 },
    });
    expect(heard).toMatchObject([{ method: "POST", body: text }]);
  });

  test("that sends elsewhere is not followed, and gives no cookie", async () => {
    await using broker = open();
    answer = (_, response) => {
      response.writeHead(302, { location: "http://169.254.169.254/", "set-cookie": "session=1", "x-a": "b" });
      response.end();
    };
    const outcome = await ask(broker, "/");
    expect(outcome).toMatchObject({ http: { status: 302 } });
    const headers = "http" in outcome ? (outcome.http?.headers ?? []) : [];
    expect(headers).toContainEqual(["x-a", "b"]);
    expect(headers.map(([name]) => name)).not.toContain("set-cookie");
    expect(heard).toHaveLength(1);
  });

  test("that repeats our own credentials does not get them into the page", async () => {
    await using broker = open();
    answer = (request, response) => {
      response.setHeader("x-echo", request.headers.authorization ?? "");
      response.end(`you said ${request.headers.authorization}`);
    };
    expect(JSON.stringify(await ask(broker, "/"))).not.toContain("canary-token");
    expect(bodyOf(await ask(broker, "/"))).not.toContain("canary-token");
  });

  test("that answers more than it may is cut off with an error", async () => {
    await using broker = open({ maxBytes: "10kb" });
    answer = (_, response) => response.end("x".repeat(10_001));
    expect(await ask(broker, "/")).toMatchObject({ code: "ERR_QUERY_TOO_LARGE" });
    answer = (_, response) => response.end("x".repeat(10_000));
    expect(bodyOf(await ask(broker, "/"))).toHaveLength(10_000);
  });

  test("that does not answer is waited for as long as the settings say, and is left when nobody waits", async () => {
    await using broker = open({ timeout: "200ms" });
    answer = () => undefined;
    expect(await ask(broker, "/")).toMatchObject({ code: "ERR_QUERY_TIMEOUT" });
    await using patient = open();
    answer = () => undefined;
    const { id, answer: answered } = patient.send({
      kind: "http",
      connection: "api",
      method: "GET",
      path: "/",
      query: [],
      headers: [],
    });
    while (heard.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    patient.broker.cancel(id);
    expect(await answered).toMatchObject({ code: "ERR_QUERY_FAILED" });
  });

  test("that breaks off is asked again for what only reads", async () => {
    await using broker = open({ write: true });
    const breakOnce = (): void => {
      heard = [];
      answer = (request, response) => (heard.length === 1 ? request.socket.destroy() : response.end("there"));
    };
    breakOnce();
    expect(bodyOf(await ask(broker, "/"))).toBe("there");
    breakOnce();
    expect(await ask(broker, "/", { method: "POST" })).toMatchObject({ code: "ERR_CONNECTION_FAILED" });
    expect(heard).toHaveLength(1);
  });

  test("is asked for nobody who is not signed in", async () => {
    await using broker = open();
    expect(await ask(broker, "/", { asViewer: true })).toMatchObject({ code: "ERR_NO_IDENTITY" });
    expect(heard).toEqual([]);
  });

  test("is asked as the viewer with the viewer's own token, which stands in no answer", async () => {
    const bearer = "canary.viewer-token_4711~x+y/z==";
    const asViewer = true;
    await using broker = open({ token: undefined });
    answer = (request, response) => {
      response.setHeader("x-echo", request.headers.authorization ?? "");
      response.end(`you said ${request.headers.authorization}, ${Buffer.from(bearer).toString("base64")}`);
    };
    const outcome = await ask(broker, "/me", { asViewer, bearer });
    expect(heard).toMatchObject([{ url: "/v1/me", headers: { authorization: `Bearer ${bearer}` } }]);
    expect(outcome).toMatchObject({ http: { status: 200 } });
    expect(`${JSON.stringify(outcome)} ${bodyOf(outcome)}`).not.toMatch(/canary|viewer-token|Y2FuYXJ5/);
    // What is asked without it is asked without it.
    await ask(broker, "/");
    expect(heard[1]?.headers.authorization).toBeUndefined();
    answer = (request, response) => {
      response.setHeader("content-type", "image/png");
      response.end(`\u0089PNG${request.headers.authorization}`);
    };
    expect(await ask(broker, "/", { asViewer, bearer })).toMatchObject({ code: "ERR_QUERY_REFUSED" });
  });

  test("is asked as the viewer with no other credentials, and with nothing that is no token", async () => {
    const bearer = "canary-viewer-token-4711";
    const asViewer = true;
    await using plain = open({ token: undefined });
    for (const wrong of ["a\r\nX-B: c", "a b", "", "ü", "x".repeat(8_193)])
      expect(await ask(plain, "/", { asViewer, bearer: wrong })).toMatchObject({ code: "ERR_QUERY_TEXT" });
    const headers = [["Authorization", "mine"]] as const;
    expect(await ask(plain, "/", { asViewer, bearer, headers })).toMatchObject({ code: "ERR_QUERY_REFUSED" });
    for (const own of [
      {},
      { token: undefined, user: "u" },
      { token: undefined, headers: { AUTHORIZATION: "x" } },
    ]) {
      await using broker = open(own);
      expect(await ask(broker, "/", { asViewer, bearer })).toMatchObject({
        code: "ERR_CONNECTION_SETTINGS",
        message: expect.stringContaining("credentials of its own") as string,
      });
    }
    expect(heard).toEqual([]);
  });

  test.each([
    [{ url: "http://api.example.com" }, "url"],
    [{ url: "https://user:canary-4711@api.example.com" }, "url"],
    [{ url: "https://api.example.com/?key=canary-4711" }, "url"],
    [{ url: "file:///etc/passwd" }, "url"],
    [{ url: "https://127.0.0.1", ssl: { mode: "off" } }, "ssl.mode"],
    [{ headers: { "X-A": "canary-4711\r\nX-B: c" } }, "headers"],
    [{ redirects: true }, "redirects"],
  ])("with the settings %j is refused, at %s", async (settings, key) => {
    await using broker = open(settings);
    const outcome = await ask(broker, "/");
    expect(outcome).toMatchObject({
      code: "ERR_CONNECTION_SETTINGS",
      message: expect.stringContaining(`api.${key}`),
    });
    expect(JSON.stringify(outcome)).not.toContain("canary");
  });
});
