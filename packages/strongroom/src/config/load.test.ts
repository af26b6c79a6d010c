import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { checkAccess } from "./access.ts";
import { loadConfig, type LoadedConfig } from "./load.ts";
import { streamlitNames } from "./streamlit-names.ts";
import { streamlitAdvice } from "./unknown.ts";
import { environmentName, optionsByName } from "./options.ts";

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

interface Given {
  readonly app?: string;
  /** `.streamlit/config.toml` of the app. */
  readonly streamlit?: string;
  readonly global?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly flags?: Readonly<Record<string, string>>;
}

function load({ app, streamlit, global, environment = {}, flags = {} }: Given): LoadedConfig {
  const root = mkdtempSync(join(tmpdir(), "strongroom-config-"));
  made.push(root);
  for (const [name, text] of [
    ["app", app],
    ["home", global],
  ]) {
    mkdirSync(join(root, name ?? "", ".strongroom"), { recursive: true });
    if (text !== undefined) writeFileSync(join(root, name ?? "", ".strongroom", "config.toml"), text);
  }
  if (streamlit !== undefined) {
    mkdirSync(join(root, "app", ".streamlit"));
    writeFileSync(join(root, "app", ".streamlit", "config.toml"), streamlit);
  }
  const folders = { appFolder: join(root, "app"), home: join(root, "home") };
  return loadConfig({ ...folders, environment, flags: new Map(Object.entries(flags)) });
}

test("without any source there are the defaults", () => {
  const { config, origins } = load({});
  expect(config.server).toMatchObject({ host: "127.0.0.1", port: 8501, allowedOrigins: [] });
  expect(config.session).toEqual({
    ttl: 86_400_000,
    sleepAfter: 600_000,
    signInIdle: 43_200_000,
    signInLife: 604_800_000,
    maxStateBytes: 8_000_000,
  });
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
  [
    "an unknown section",
    { app: "[servers]\nport = 1\n" },
    ["config.toml:1 [servers]: expected a known section", "Did you mean [server]?"],
  ],
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
  [
    "an option of Streamlit that has another name",
    { app: '[server]\naddress = "::"\n' },
    ["config.toml:2 server.address: expected server.host, which is its name here."],
  ],
  [
    "a switch of Streamlit that there is not",
    { app: "[server]\nenableXsrfProtection = true\n" },
    ["config.toml:2 server.enableXsrfProtection: expected no such option: every request"],
  ],
  [
    "usage statistics",
    { app: "[browser]\n\ngatherUsageStats = true\n" },
    ["config.toml:3 browser.gatherUsageStats: expected false: nothing is gathered"],
  ],
  ["a section of Streamlit", { app: '[logger]\nlevel = "info"\n' }, ["config.toml:1 [logger]: expected"]],
  [
    "an unknown colour of one scheme",
    { app: '[theme.dark]\nprimaryColour = "#fff"\n' },
    ["config.toml:2 theme.dark.primaryColour", "Did you mean theme.dark.primaryColor?"],
  ],
  [
    "a colour that is none",
    { app: '[theme]\nprimaryColor = "bwrap"\n' },
    ["config.toml:2 theme.primaryColor: expected a colour in hex"],
  ],
  [
    "a font from an address",
    { app: '[[theme.fontFaces]]\nfamily = "A"\nfile = "https://a.example/a.woff2"\n' },
    ["theme.fontFaces: expected a list of tables"],
  ],
  [
    "a font outside of the app",
    { app: '[theme]\nfontFaces = [{ family = "A", file = "../a.woff2" }]\n' },
    ["config.toml:2 theme.fontFaces"],
  ],
  [
    "an open door in Streamlit's file",
    { streamlit: "[server]\nenableCORS = false\n" },
    [".streamlit/config.toml:2 server.enableCORS: expected no such option"],
  ],
  [
    "people that a header names, in Streamlit's file",
    { streamlit: '[server.trustedUserHeaders]\nX = "email"\n' },
    [".streamlit/config.toml", "server.trustedUserHeaders"],
  ],
  [
    "a wrong value of a known option, in Streamlit's file",
    { streamlit: "[server]\nport = 70000\n" },
    [".streamlit/config.toml:2 server.port: expected a whole number"],
  ],
  [
    "a section that stands twice",
    { app: "[server]\nport = 1\n[server]\n" },
    ["config.toml:3:2", "expected each section and each key once"],
  ],
  ["broken TOML", { app: '[server]\nhost = "secret\n' }, ["config.toml:2:15", "TOML: expected"]],
  ["a dangerous key", { app: "[server.__proto__]\nx = 1\n" }, ["config.toml:1"]],
  ["the global file", { global: "[server]\nport = -1\n" }, ["home/.strongroom/config.toml:2"]],
  [
    "a variable",
    { environment: { STRONGROOM_SERVER_PORT: "many" } },
    ["environment STRONGROOM_SERVER_PORT", "server.port"],
  ],
  [
    "a variable of a misspelt section",
    { environment: { STRONGROOM_ACCES_ALLOW: "signed-in" } },
    ["STRONGROOM_ACCES_ALLOW", "STRONGROOM_ACCESS_ALLOW?"],
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
  const { config, origins } = load({ app: '[server]\nport = "env:PORT"\n', environment: { PORT: "81" } });
  expect(config.server.port).toBe(81);
  expect(origins.get("server.port")).toMatch(/config\.toml:2, environment PORT$/);
});

test("Streamlit's file is read where there is none of ours: what we know is taken, of the rest it is said why not", () => {
  const streamlit = `[server]
address = "::1"
port = 80
enableCORS = true
runOnSave = true
disconnectedSessionTTL = 120
[logger]
level = "warning"
[client]
showErrorDetails = false
toolbarMode = "viewer"
[theme]
primaryColor = "#ff0000"
[theme.sidebar]
primaryColor = "#00ff00"
[magic]
unheard = 1
`;
  const { config, origins, remarks } = load({ streamlit });
  expect(config.server).toMatchObject({ host: "::1", port: 80 });
  expect(config.session.ttl).toBe(120_000);
  expect(config.log.level).toBe("warn");
  expect(config.client).toMatchObject({ showErrorDetails: "stacktrace", toolbarMode: "auto" });
  expect(config.theme.primaryColor).toBe("#ff0000");
  expect(origins.get("server.host")).toMatch(/\.streamlit\/config\.toml:2$/);
  expect(remarks.map((remark) => /toml:\d+ (\S+):/.exec(remark)?.[1])).toEqual([
    "server.enableCORS",
    "server.runOnSave",
    "theme.sidebar",
    "magic.unheard",
  ]);
  const { config: ours, remarks: none } = load({ streamlit, app: "[server]\nport = 2\n" });
  expect([ours.server.host, ours.server.port, none]).toEqual(["127.0.0.1", 2, []]);
});

/** Every option of Streamlit 1.67. */
const names = `
  global.disableWidgetStateDuplicationWarning global.showWarningOnDirectExecution
  global.developmentMode global.e2eTest global.unitTest global.appTest
  global.suppressDeprecationWarnings global.minCachedMessageSize global.maxCachedMessageAge
  logger.level logger.messageFormat logger.enableRich logger.hideWelcomeMessage
  client.showErrorDetails client.toolbarMode client.disableDataExport client.showSidebarNavigation
  client.showErrorLinks client.allowedOrigins runner.magicEnabled runner.postScriptGC
  runner.fastReruns runner.enforceSerializableSessionState runner.enumCoercion
  runner.parallelMaxWorkers runner.cacheBackgroundRefreshMaxWorkers
  runner.cacheBackgroundRefreshTTLMultiplier runner.connectionDefaultTTL runner.cacheHashSeed
  server.folderWatchList server.folderWatchBlacklist server.fileWatcherType
  server.enableExpensiveMemoryStats server.maxCacheDataSize server.cookieSecret server.headless
  server.showEmailPrompt server.runOnSave server.allowRunOnSave server.address server.port
  server.scriptHealthCheckEnabled server.baseUrlPath server.customComponentBaseUrlPath
  server.enableCORS server.corsAllowedOrigins server.allowedHosts server.enableXsrfProtection
  server.xsrfCookieSameSite server.maxUploadSize server.maxMessageSize server.maxWidgetStateSize
  server.enableWebsocketCompression server.websocketPingInterval server.enableStaticServing
  server.disconnectedSessionTTL server.enableAgentApi server.agentWaitTimeout server.agentSessionTTL
  server.agentMaxSessions server.agentPreviewRows server.trustedUserHeaders
  server.unsafeMetricsUserAttributes browser.serverAddress browser.gatherUsageStats browser.serverPort
  server.sslCertFile server.sslKeyFile ui.hideTopBar magic.displayRootDocString
  magic.displayLastExprIfNoSemicolon secrets.files theme.base theme.primaryColor theme.backgroundColor
  theme.secondaryBackgroundColor theme.textColor theme.redColor theme.orangeColor theme.yellowColor
  theme.blueColor theme.greenColor theme.violetColor theme.grayColor theme.redBackgroundColor
  theme.orangeBackgroundColor theme.yellowBackgroundColor theme.blueBackgroundColor
  theme.greenBackgroundColor theme.violetBackgroundColor theme.grayBackgroundColor theme.redTextColor
  theme.orangeTextColor theme.yellowTextColor theme.blueTextColor theme.greenTextColor
  theme.violetTextColor theme.grayTextColor theme.linkColor theme.linkUnderline theme.codeTextColor
  theme.codeBackgroundColor theme.font theme.fontFaces theme.baseFontSize theme.baseFontWeight
  theme.metricValueFontSize theme.metricValueFontWeight theme.headingFont theme.headingFontSizes
  theme.headingFontWeights theme.codeFont theme.codeFontSize theme.codeFontWeight theme.baseRadius
  theme.buttonRadius theme.paddingTop theme.paddingBottom theme.borderColor theme.dataframeBorderColor
  theme.dataframeHeaderBackgroundColor theme.dataframeHeaderTextColor theme.showWidgetBorder
  theme.showSidebarBorder theme.chartCategoricalColors theme.chartSequentialColors
  theme.chartDivergingColors
`
  .trim()
  .split(/\s+/);

test("every option of Streamlit is one of ours, or it is said what it is called here or why there is none", () => {
  expect(names.length).toBe(127);
  for (const name of names) expect(optionsByName.has(name) || streamlitAdvice(name), name).toBeTruthy();
  for (const [name, known] of Object.entries(streamlitNames)) {
    if ("ours" in known) expect(optionsByName.has(known.ours), name).toBe(true);
    else expect(optionsByName.has(name), name).toBe(false);
  }
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

test("a rule that nobody could meet does not start", () => {
  for (const allow of ['"signed-in"', '["*@company.com"]']) {
    const { config } = load({ app: `[access]\nallow = ${allow}\n` });
    expect(() => checkAccess(config, false)).toThrow("secrets.toml has no [auth]");
    expect(checkAccess(config, true)).toEqual(JSON.parse(allow));
  }
  const { config } = load({ app: `[access.pages]\nadmin = ["role:admin"]\n` });
  expect(() => checkAccess(config, false)).toThrow("access.pages.admin");
});

test("with sign-in, who has not signed in may not come", () => {
  expect(checkAccess(load({}).config, true)).toBe("signed-in");
  expect(checkAccess(load({}).config, false)).toBe("anyone");
  const far = load({ app: '[server]\nhost = "0.0.0.0"\n' }).config;
  expect(() => checkAccess(far, true)).toThrow('allow = ["*@company.com"]');
});

test("a rule that is none is told with its file and line, and what was expected", () => {
  const wrong = [
    "allow = []",
    'allow = "everyone"',
    'allow = ["company.com"]',
    'allow = ["*"]',
    'allow = ["a*@x.com"]',
    'allow = ["group:"]',
    'pages = { "a/b" = "anyone" }',
    'pages = { a = "all" }',
    "pages = 3",
  ];
  for (const line of wrong)
    expect(() => load({ app: `[access]\n${line}\n` }), line).toThrow(
      /config\.toml:2.*access\.(allow|pages).*expected/s,
    );
});
