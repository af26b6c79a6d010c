import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { checkAccess } from "./access.ts";
import { loadConfig, type LoadedConfig } from "./load.ts";
import { environmentName, optionsByName } from "./options.ts";

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

interface Given {
  readonly app?: string;
  readonly global?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly flags?: Readonly<Record<string, string>>;
}

function load({ app, global, environment = {}, flags = {} }: Given): LoadedConfig {
  const root = mkdtempSync(join(tmpdir(), "strongroom-config-"));
  made.push(root);
  for (const [name, text] of [
    ["app", app],
    ["home", global],
  ]) {
    mkdirSync(join(root, name ?? "", ".strongroom"), { recursive: true });
    if (text !== undefined) writeFileSync(join(root, name ?? "", ".strongroom", "config.toml"), text);
  }
  const folders = { appFolder: join(root, "app"), home: join(root, "home") };
  return loadConfig({ ...folders, environment, flags: new Map(Object.entries(flags)) });
}

test("without any source there are the defaults", () => {
  const { config, origins } = load({});
  expect(config.server).toMatchObject({ host: "127.0.0.1", port: 8501, allowedOrigins: [] });
  expect(config.session).toEqual({ ttl: 86_400_000, sleepAfter: 600_000, maxStateBytes: 8_000_000 });
  expect(origins.size).toBe(0);
});

test("the app's file wins over the global one, the environment over files, flags over all", () => {
  const { config, origins } = load({
    global: '[server]\nport = 1\nhost = "::1"\n[session]\nttl = "1h"\n[runner]\nworkers = 3\n',
    app: "[server]\nport = 2\n\n[session]\nttl = 90\n",
    environment: { STRONGROOM_SERVER_PORT: "3", STRONGROOM_SESSION_TTL: "1h30m" },
    flags: { "server.port": "4" },
  });
  expect([config.server.port, config.server.host, config.session.ttl, config.runner.workers]).toEqual([
    4,
    "::1",
    5_400_000,
    3,
  ]);
  expect(origins.get("server.port")).toBe("flag --port");
  expect(origins.get("session.ttl")).toBe("environment STRONGROOM_SESSION_TTL");
  expect(origins.get("runner.workers")).toMatch(/home\/\.strongroom\/config\.toml:7$/);
});

test("the value is frozen", () => {
  const { config } = load({
    app: '[server]\nallowedOrigins = ["https://a.example"]\n[connections.a]\nx = 1\n',
  });
  for (const part of [config, config.server, config.server.allowedOrigins, config.connections])
    expect(Object.isFrozen(part)).toBe(true);
});

test.each([
  ['[session]\nmaxStateBytes = "16mb"', 16_000_000],
  ["[session]\nmaxStateBytes = 2000", 2_000],
])("a size: %s", (app, bytes) => expect(load({ app }).config.session.maxStateBytes).toBe(bytes));

test.each<[string, Given, readonly string[]]>([
  [
    "an unknown key",
    { app: "[server]\n\nprot = 1\n" },
    ["app/.strongroom/config.toml:3", "server.prot", "Did you mean server.port?"],
  ],
  ["an unknown section", { app: "[servers]\nport = 1\n" }, ["config.toml:1", "[servers]", "server"]],
  ["a key with quotes and dots", { app: '"server"."prot" = 1\n' }, ["config.toml:1", "server.port"]],
  [
    "a wrong type",
    { app: "[server]\nport = true\n" },
    ["config.toml:2", "server.port", "a whole number from 0 to 65535"],
  ],
  ["a value out of range", { app: "[server]\nport = 70000\n" }, ["config.toml:2", "65535"]],
  ["a wrong word", { app: '# c\n[runner]\nsandbox = "bwrap"\n' }, ["config.toml:3", '"bubblewrap"']],
  ["a wrong duration", { app: '[session]\nttl = "10 minutes"\n' }, ["config.toml:2", '"10m"']],
  [
    "a wrong member of a list",
    { app: '[server]\nallowedOrigins = ["a b"]\n' },
    ["config.toml:2", "an origin"],
  ],
  ["a key above all sections", { app: "port = 70000\n" }, ["config.toml:1 port", "port below [server]"]],
  ["a key of no section", { app: "x-y-z-w = true\n" }, ["config.toml:1 x-y-z-w", "port below [server]"]],
  ["a section that is none", { app: "server = 1\n" }, ["config.toml:1", "a section"]],
  [
    "a connection that is no section",
    { app: '[connections]\nshop = "x"\n' },
    ["config.toml:2", "[connections.shop]"],
  ],
  ["broken TOML", { app: '[server]\nhost = "secret\n' }, ["config.toml:2:15", "is not TOML"]],
  ["a dangerous key", { app: "[server.__proto__]\nx = 1\n" }, ["config.toml:1"]],
  ["the global file", { global: "[server]\nport = -1\n" }, ["home/.strongroom/config.toml:2"]],
  [
    "a variable",
    { environment: { STRONGROOM_SERVER_PORT: "many" } },
    ["environment STRONGROOM_SERVER_PORT", "server.port"],
  ],
  [
    "a misspelt variable",
    { environment: { STRONGROOM_SERVER_PROT: "1" } },
    ["STRONGROOM_SERVER_PROT", "STRONGROOM_SERVER_PORT?"],
  ],
  ["a flag", { flags: { "server.port": "x" } }, ["flag --port", "a whole number"]],
  [
    "a variable that is named and missing",
    { app: '[server]\nhost = "env:HOST_NAME"\n' },
    ["config.toml:2", "HOST_NAME"],
  ],
])("%s stops the start with the place and what was expected", (_, given, parts) => {
  let message = "";
  try {
    load(given);
  } catch (error) {
    message = error instanceof Error ? error.message : "";
  }
  for (const part of parts) expect(message).toContain(part);
  for (const value of ["true", "70000", "bwrap", "10 minutes", "many", "secret"])
    expect(message).not.toContain(value);
});

test("what an orchestrator sets for a service named strongroom is not ours", () => {
  const environment = {
    STRONGROOM_SERVER_SERVICE_HOST: "10.0.0.1",
    STRONGROOM_SERVER_PORT_80_TCP: "tcp://10.0.0.1:80",
    STRONGROOM_PORT: "tcp://x",
  };
  expect(load({ environment }).config.server.port).toBe(8501);
});

test("a value can be taken from the environment by name", () => {
  const { config } = load({ app: '[server]\nport = "env:PORT"\n', environment: { PORT: "81" } });
  expect(config.server.port).toBe(81);
});

test("connections are handed on as they stand, the app's before the global ones", () => {
  const { config } = load({
    global: '[connections.a]\ntype = "x"\n[connections.b]\ntype = "y"\n',
    app: '[connections.a]\ntype = "sqlite"\nfile = "a.db"\n',
  });
  expect(JSON.parse(JSON.stringify(config.connections))).toEqual({
    a: { type: "sqlite", file: "a.db" },
    b: { type: "y" },
  });
});

test("every option reads back what it shows, and has a name in the environment of its own", () => {
  for (const { name, kind, default: value } of optionsByName.values()) {
    if (value === undefined) continue;
    const shown = kind.show(value);
    const written =
      shown.startsWith('"') || shown.startsWith("[") || /^(\d+|true|false)$/.test(shown)
        ? (JSON.parse(shown) as unknown)
        : shown;
    expect(kind.read(written), name).toEqual(value);
  }
  expect(environmentName("session.maxStateBytes")).toBe("STRONGROOM_SESSION_MAX_STATE_BYTES");
  expect(new Set([...optionsByName.values()].map(({ environment }) => environment)).size).toBe(
    optionsByName.size,
  );
});

test("beyond loopback somebody must have said who may come", () => {
  const open = '[server]\nhost = "0.0.0.0"\n';
  expect(() => checkAccess(load({ app: open }).config, false)).toThrow('[access]\nallow = "anyone"');
  expect(() => checkAccess(load({ app: `${open}[access]\nallow = "anyone"\n` }).config, false)).not.toThrow();
  for (const host of ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
    expect(() => checkAccess(load({ flags: { "server.host": host } }).config, false)).not.toThrow();
  for (const host of ["127.0.0.1.example.com", "::", "10.0.0.1"])
    expect(() => checkAccess(load({ flags: { "server.host": host } }).config, false)).toThrow();
});

test("what cannot be enforced does not start", () => {
  for (const allow of ['"signed-in"', '["*@company.com"]']) {
    expect(() => checkAccess(load({ app: `[access]\nallow = ${allow}\n` }).config, false)).toThrow(
      "cannot sign them in",
    );
  }
  expect(() => checkAccess(load({}).config, true)).toThrow("[auth]");
});
