import { once } from "node:events";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeApp, type MadeApp } from "./made-app.ts";

const fault = {
  id: 1,
  url: "https://example.com/fault",
  title: "A fault",
  severity: "high",
  vulnerable_versions: "<2.0.0",
};
const versions = ["1.0.0", "2.0.0"];
const packages = {
  "": { name: "shop", dependencies: { "leftish-pad": "1.0.0" } },
  "node_modules/leftish-pad": { version: "1.0.0" },
};

/** A registry of one package, with a fault or without. */
async function registry(
  hasFault: boolean,
  onAsked: (url: string) => void = () => undefined,
): Promise<Server & AsyncDisposable> {
  const about = {
    name: "leftish-pad",
    "dist-tags": { latest: "2.0.0" },
    versions: Object.fromEntries(versions.map((version) => [version, { name: "leftish-pad", version }])),
  };
  const server = createServer((request, response) => {
    request.resume();
    onAsked(String(request.url));
    const isQuestion = request.url?.includes("/advisories/bulk") === true;
    const advisories = hasFault ? { "leftish-pad": [fault] } : {};
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(isQuestion ? advisories : about));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return server;
}

function appWith(server: Server, below = ""): MadeApp {
  const { port } = server.address() as AddressInfo; // it listens on a port
  return makeApp({
    files: {
      "app.ts": "",
      ".strongroom/config.toml": '[access]\nallow = "signed-in"\n',
      ".npmrc": `registry=http://127.0.0.1:${port}/${below}\n`,
      "package.json": `{\n  "name": "shop",\n  "dependencies": {\n    "leftish-pad": "1.0.0"\n  }\n}\n`,
      "package-lock.json": JSON.stringify({ name: "shop", lockfileVersion: 3, requires: true, packages }),
    },
  });
}

function online({ folder }: MadeApp): { auditMs: number; environment: NodeJS.ProcessEnv } {
  return {
    auditMs: 60_000,
    environment: { PATH: process.env["PATH"], HOME: join(folder, "..", "home") },
  };
}

test("a package with a known fault is named where package.json has it", { timeout: 90_000 }, async () => {
  await using server = await registry(true);
  using app = appWith(server);
  const { findings } = await app.look(online(app));
  expect(findings).toMatchObject([
    { id: "CHK-DEPENDENCIES", severity: "error", file: "package.json", line: 4 },
  ]);
});

test("a folder's .npmrc gets no variable into what npm asks", { timeout: 90_000 }, async () => {
  const asked: string[] = [];
  await using server = await registry(false, (url) => asked.push(url));
  using app = appWith(server, "${CLOUD_KEY}/");
  const { auditMs, environment } = online(app);
  await app.look({ auditMs, environment: { ...environment, CLOUD_KEY: "hidden-canary" } });
  expect(asked).not.toEqual([]);
  expect(asked.join(" ")).not.toContain("hidden-canary");
});

test("packages without one give nothing", { timeout: 90_000 }, async () => {
  await using server = await registry(false);
  using app = appWith(server);
  expect(await app.look(online(app))).toMatchObject({ findings: [], skipped: [] });
});

test(
  "where the registry does not answer, the report says that it was skipped",
  { timeout: 90_000 },
  async () => {
    await using server = createServer();
    await once(server.listen(0, "127.0.0.1"), "listening");
    using app = appWith(server);
    const { skipped } = await app.look({ ...online(app), auditMs: 500 });
    expect(skipped).toMatchObject([
      { id: "CHK-DEPENDENCIES", why: expect.stringContaining("0.5 s") as string },
    ]);
  },
);

test("npm may be another program that starts it: what goes on behind that keeps nobody waiting", async () => {
  await using server = await registry(false);
  using app = appWith(server);
  const shims = join(app.folder, "..", "shims");
  mkdirSync(shims);
  writeFileSync(join(shims, "npm"), "#!/bin/sh\nsleep 8\necho {}\n");
  chmodSync(join(shims, "npm"), 0o755);
  const { environment } = online(app);
  const path = `${shims}:${environment["PATH"] ?? ""}`;
  const { skipped } = await app.look({ auditMs: 500, environment: { ...environment, PATH: path } });
  expect(skipped).toMatchObject([{ id: "CHK-DEPENDENCIES" }]);
});
