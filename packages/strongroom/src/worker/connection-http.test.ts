import { describe, expect, test } from "vitest";
import { st, type HttpConnection, type HttpAnswer } from "../st.ts";
import { openPage } from "../testing/testing.ts";
import type { BrokerRequest } from "../wire/query.ts";

type HttpRequest = Extract<BrokerRequest, { kind: "http" }>;
type Reply = { status?: number; headers?: [string, string][]; body?: string };

/** What an API is asked by a script, and what the page says. */
async function asked(
  script: (api: HttpConnection) => unknown,
  reply: (request: HttpRequest, count: number) => Reply = () => ({}),
) {
  const requests: HttpRequest[] = [];
  const page = await openPage(() => script(st.connection("api", { type: "http" })), {
    onQuery: (request) => {
      if (request.kind !== "http") throw new Error("Only requests are made here.");
      requests.push(request);
      const { status = 200, headers = [], body = "" } = reply(request, requests.length);
      const http = { status, headers, body: new TextEncoder().encode(body) };
      return Promise.resolve({ columns: [], values: [], changed: undefined, http });
    },
  });
  const errors = page.findAll("exception").map(({ props }) => props["message"]);
  return { requests, errors };
}

describe("a path", () => {
  test.each([
    ["ada", "/users/ada"],
    ["a/b", "/users/a%2Fb"],
    ["a?b=c&d", "/users/a%3Fb%3Dc%26d"],
    ["a#b", "/users/a%23b"],
    ["a\\b", "/users/a%5Cb"],
    ["a\r\nHost: evil", "/users/a%0D%0AHost%3A%20evil"],
    ["../admin", "/users/..%2Fadmin"],
    ["%2e%2e", "/users/%252e%252e"],
    ["@evil.example", "/users/%40evil.example"],
    ["//evil.example", "/users/%2F%2Fevil.example"],
    ["a;b=c", "/users/a%3Bb%3Dc"],
    ["\0", "/users/%00"],
    ["ü é", "/users/%C3%BC%20%C3%A9"],
    ["...", "/users/..."],
  ])("keeps %j in its place", async (id, path) => {
    const { requests, errors } = await asked(async (api) => {
      await api.get`/users/${id}`;
      await api.get("/users/:id", { params: { id } });
    });
    expect(errors).toEqual([]);
    expect(requests.map((request) => request.path)).toEqual([path, path]);
  });

  test.each<[string, (api: HttpConnection) => unknown, RegExp]>([
    ["a value that steps up", (api) => api.get`/users/${".."}`, /".." as a step/],
    ["a value that stays", (api) => api.get`/users/${"."}/x`, /".." as a step/],
    ["values that step up together", (api) => api.get`/a/${"."}${"."}/b`, /".." as a step/],
    ["a named value that steps up", (api) => api.get("/users/:id", { params: { id: ".." } }), /as a step/],
    ["steps up that are encoded", (api) => api.get("/a/%2E%2e/b"), /as a step/],
    ["an empty value", (api) => api.delete`/orders/${""}`, /not empty/],
    ["half a character", (api) => api.get`/orders/${"\ud800"}`, /text/],
    ["no number", (api) => api.get`/orders/${Number.NaN}`, /number/],
    ["an object", (api) => api.get`/orders/${{ toString: () => "x" } as never}`, /text/],
    ["no slash first", (api) => api.get("users"), /begins with one/],
    ["another host", (api) => api.get("//evil.example/"), /begins with one/],
    ["an address", (api) => api.get("https://evil.example/"), /begins with one/],
    ["a value as its start", (api) => api.get`${"/x"}`, /begins with one/],
    ["a question mark", (api) => api.get("/users?page=2"), /given as `query`/],
    ["a line break", (api) => api.get("/users\r\nx"), /spaces/],
    ["a sign that encodes nothing", (api) => api.get("/users/100%"), /written without/],
    ["a backslash", (api) => api.get("/\\evil.example"), /written without/],
    ["a name without a value", (api) => api.get("/users/:id"), /value for `:id`/],
    ["a name that objects inherit", (api) => api.get("/:constructor", { params: {} }), /value for/],
    ["a list like a template's", (api) => api.get(["/users/"] as never), /A path is a template/],
  ])("with %s is refused", async (_, ask, expected) => {
    const { requests, errors } = await asked(ask);
    expect(errors).toEqual([expect.stringMatching(expected)]);
    expect(requests).toEqual([]);
  });

  test("keeps what only looks like a name", async () => {
    const { requests } = await asked((api) => api.get("/v1/items:batch"));
    expect(requests[0]?.path).toBe("/v1/items:batch");
  });
});

describe("a request", () => {
  test("carries query, headers and a body beside its path", async () => {
    const { requests } = await asked(async (api) => {
      await api.get("/users", {
        query: { page: 2, tag: ["a&b", "c"], all: true, none: undefined },
        headers: { Accept: "text/csv" },
      });
      await api.post("/users", { json: { name: "Ada" } });
      await api.put("/a", { body: "x", headers: { "Content-Type": "text/csv" } });
      await api.patch("/a", { body: Uint8Array.of(1, 2) });
    });
    expect(requests).toMatchObject([
      {
        method: "GET",
        path: "/users",
        query: [
          ["page", "2"],
          ["tag", "a&b"],
          ["tag", "c"],
          ["all", "true"],
        ],
        headers: [["accept", "text/csv"]],
      },
      { method: "POST", body: { text: '{"name":"Ada"}' }, headers: [["content-type", "application/json"]] },
      { method: "PUT", body: { text: "x" }, headers: [["content-type", "text/csv"]] },
      { method: "PATCH", body: { bytes: "AQI=" } },
    ]);
  });

  test.each<[string, Readonly<Record<string, string>>]>([
    ["a line break in a value", { "x-name": "a\r\nx-admin: 1" }],
    ["a line feed in a value", { "x-name": "a\nb" }],
    ["a zero byte", { "x-name": "a\0b" }],
    ["letters that are two bytes", { "x-name": "Grüße" }],
    ["a line break in a name", { "x\r\ny": "1" }],
    ["a colon in a name", { "x:y": "1" }],
    ["an empty name", { "": "1" }],
    ["credentials", { Authorization: "Bearer x" }],
    ["another host", { host: "evil.example" }],
    ["a length", { "Content-Length": "0" }],
    ["an encoding of the message", { "transfer-encoding": "chunked" }],
  ])("with %s in its headers is refused", async (_, headers) => {
    const { requests, errors } = await asked((api) => api.get("/users", { headers }));
    expect(errors).toHaveLength(1);
    expect(requests).toEqual([]);
  });

  test.each<[string, (api: HttpConnection) => unknown, RegExp]>([
    ["two bodies", (api) => api.post("/a", { json: 1, body: "x" }), /left out where `json`/],
    ["a body that is none", (api) => api.post("/a", { body: 5 as never }), /text or bytes/],
    ["a cache for a change", (api) => api.post("/a", { ttl: 5 } as never), /there is no option `ttl`/],
    ["an object in its query", (api) => api.get("/a", { query: { $where: { $gt: 1 } as never } }), /query/],
  ])("with %s is refused", async (_, ask, expected) => {
    const { requests, errors } = await asked(ask);
    expect(errors).toEqual([expect.stringMatching(expected)]);
    expect(requests).toEqual([]);
  });

  test("as the viewer says so to the broker", async () => {
    const { requests } = await asked((api) => api.get("/me", { as: "viewer" }));
    expect(requests).toMatchObject([{ asViewer: true }]);
  });
});

describe("an answer", () => {
  test("is read as text, JSON or bytes, with its status and headers", async () => {
    const seen: HttpAnswer[] = [];
    await asked(
      async (api) => seen.push(await api.get("/a")),
      () => ({
        status: 201,
        headers: [
          ["Content-Type", "application/json"],
          ["X-A", "1"],
          ["x-a", "2"],
        ],
        body: '{"n":1}',
      }),
    );
    const [answer] = seen;
    expect(answer?.json<{ n: number }>().n).toBe(1);
    expect(answer?.text()).toBe('{"n":1}');
    expect(answer?.bytes).toHaveLength(7);
    expect(answer).toMatchObject({
      status: 201,
      ok: true,
      headers: { "content-type": "application/json", "x-a": "1, 2" },
    });
  });

  test("that is no JSON says so, without what it is", async () => {
    const { errors } = await asked(
      async (api) => (await api.get("/a")).json(),
      () => ({ status: 502, body: "<html>secret" }),
    );
    expect(errors).toEqual([expect.stringMatching(/status 502.* is not JSON/)]);
    expect(JSON.stringify(errors)).not.toContain("secret");
  });

  test("is used again within its ttl, by path and query; an error is not kept", async () => {
    const seen: number[] = [];
    const { requests } = await asked(
      async (api) => {
        for (const page of [1, 1, 2]) {
          const answer = await api.get("/a", { query: { page }, ttl: "1m" });
          seen.push(answer.status);
          expect(answer.text()).toBe("body");
        }
        for (const _ of [1, 2]) seen.push((await api.get("/broken", { ttl: "1m" })).status);
      },
      ({ path }) => ({ status: path === "/broken" ? 500 : 200, body: "body" }),
    );
    expect(seen).toEqual([200, 200, 200, 500, 500]);
    expect(requests.map(({ path, query }) => [path, query[0]?.[1]])).toEqual([
      ["/a", "1"],
      ["/a", "2"],
      ["/broken", undefined],
      ["/broken", undefined],
    ]);
  });
});
