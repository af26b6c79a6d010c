import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { providerFetch } from "./provider-fetch.ts";

const options = { method: "GET", headers: {}, body: undefined, redirect: "manual" } as const;
let asked: string[] = [];
let answer: (request: IncomingMessage, response: ServerResponse) => void;
const server = createServer((request, response) => {
  asked.push(request.url ?? "");
  answer(request, response);
});
let base = "";
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // bound to a port
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test.each([
  ["without TLS", false, "http://127.0.0.1:1/"],
  ["on another machine without TLS", true, "http://accounts.example.com/"],
  ["by a name that begins as this machine's", true, "http://localhost.example.com/"],
  ["by another scheme", true, "file:///etc/passwd"],
  ["by text", true, "data:application/json,{}"],
])("a provider is not asked %s", async (_, allowPlain, url) => {
  await expect(providerFetch(allowPlain)(url, options)).rejects.toThrow(
    "A provider's address over https was expected.",
  );
});

test("a provider leads nowhere else", async () => {
  asked = [];
  answer = (request, response) =>
    request.url === "/" ? response.writeHead(302, { location: "/elsewhere" }).end() : response.end("{}");
  expect((await providerFetch(true)(`${base}/`, options)).status).toBe(302);
  expect(asked).toEqual(["/"]);
});

test("a provider's answer has an end", async () => {
  answer = (_, response) => response.end("x".repeat(1_000_000));
  expect(await (await providerFetch(true)(base, options)).text()).toHaveLength(1_000_000);
  answer = (_, response) => response.end("x".repeat(1_000_001));
  await expect(providerFetch(true)(base, options)).rejects.toThrow("at most 1000000 bytes");
});
