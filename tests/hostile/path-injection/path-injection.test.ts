import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { serve } from "../../running/app-server.ts";
import { openRaw } from "../../running/raw-session.ts";
import { payloads } from "../sql-injection/payloads.ts";

/** What leads a request elsewhere, where it is taken for more than a value. */
const paths = [
  "..",
  ".",
  "...",
  "../admin",
  "..\\admin",
  "/../admin",
  "%2e%2e",
  "%2e%2e%2fadmin",
  "%252e%252e",
  "..;/admin",
  ".%2e",
  "..%00",
  "..%c0%af",
  "//evil.example",
  "\\\\evil.example",
  "/\\evil.example",
  "https://evil.example/",
  "@evil.example",
  ":80/x",
  "?admin=1",
  "#x",
  ";admin=1",
  "&admin=1",
  "a/b",
  "a%2fb",
  "a\r\nHost: evil.example",
  "a\r\n\r\nGET /admin HTTP/1.1\r\n\r\n",
  "a\nx: y",
  "a\tb",
  "\u2025/admin",
  "\uff0e\uff0e/admin",
  "a\u2028b",
  "\u0000",
  "a\u0000b",
  "%0d%0aHost: evil",
  "~",
  "*",
  "$(id)",
  "`id`",
  "|id",
  "http://169.254.169.254/latest",
  "file:///etc/passwd",
  "[::1]",
  "localhost",
  "1",
  "ada",
];
const app = fileURLToPath(new URL(".", import.meta.url));
const refusals: ReadonlySet<unknown> = new Set(["ERR_BAD_OPTION", "ERR_QUERY", "ERR_QUERY_REFUSED"]);

/** A service that notes what it is asked. */
async function service() {
  const asked: { url: string; host: string | undefined; value: unknown }[] = [];
  const server = createServer(({ url = "", headers }: IncomingMessage, response) => {
    asked.push({ url, host: headers.host, value: headers["x-value"] });
    response.end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A server that listens on a port has such an address.
  const { port } = server.address() as AddressInfo;
  return {
    asked,
    port,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

test("a value in a path, a query or a header stays one, whatever it is", { timeout: 300_000 }, async () => {
  await using api = await service();
  const host = `127.0.0.1:${api.port}`;
  const config = `[connections.api]\ntype = "http"\nurl = "http://${host}/v1"\n`;
  const secrets = '[connections.api]\ntoken = "canary-token"\n';
  await using server = await serve(app, { config, secrets });
  const session = await openRaw(server.url);
  const wrong: unknown[] = [];
  let reached = 0;
  // Of an empty text nothing can be found in a path that was glued.
  for (const value of [...paths, ...payloads.map(({ text }) => text)].filter((text) => text !== "")) {
    api.asked.length = 0;
    await session.send({ values: { "textArea:Value": value } });
    const said = /\{\\"turn\\".*?\}\}/.exec(session.last)?.[0] ?? "{}";
    const { ways = {} } = JSON.parse(JSON.parse(`"${said}"`) as string) as { ways?: Record<string, unknown> };
    const kept = api.asked.every(
      ({ url, host: to, value: header }) => to === host && isKept(url, header, value),
    );
    const known = Object.values(ways).every((way) => way === 200 || refusals.has(way));
    if (!kept || !known || Object.keys(ways).length !== 5) wrong.push({ value, ways, asked: [...api.asked] });
    reached += api.asked.length;
  }
  session.close();
  expect(wrong.slice(0, 5)).toEqual([]);
  expect(reached).toBeGreaterThan(1_000);
});

/** True where a request holds the value whole, in the one place that it was given. */
function isKept(url: string, header: unknown, value: string): boolean {
  const { pathname, searchParams } = new URL(url, "http://api");
  if (pathname === "/v1/header") return header === value.trim();
  if (pathname === "/v1/search") return searchParams.get("q") === value && [...searchParams].length === 1;
  const step = /^\/v1\/users\/([^/?#]+)$/.exec(url)?.[1];
  return step !== undefined && decodeURIComponent(step) === value;
}
