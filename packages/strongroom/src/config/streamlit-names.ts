/**
 * Streamlit's options that have another name here, or no meaning. Whoever comes from there is told which and why, and a
 * `.streamlit/config.toml` is read by this table.
 */
export type StreamlitName =
  /** The same under our name. */
  | { readonly ours: string; readonly take?: (value: unknown) => unknown }
  /** Nothing that could be set; `unsafe` values are refused even in Streamlit's own file. */
  | { readonly why: string; readonly unsafe?: (value: unknown) => boolean };

const isFalse = (value: unknown): boolean => value === false || value === "false";
const isTrue = (value: unknown): boolean => value === true || value === "true";
const none = (why: string): StreamlitName => ({ why });

const noMagic = "a script shows what it hands to `st`; bare expressions are not shown";
const noTestSwitch = "there are no test or developer switches in a server";
const noMessageCache = "only changes are sent, so there is no cache of messages";
const noMetrics = "there are no metrics with anybody's attributes";
const laterAgents = "programs as viewers are not served by this version";
const watching = "saves are followed while server.editing is on, and only what the app is made of is watched";
const originsCheck =
  "the origin and the host of every request are checked, always; further ones stand whole in server.allowedOrigins";
const sizes = "sizes, weights and spaces belong together and are not set one by one";
const derived = "it is made of the colours of the theme, so that it can be read";
const charts = "charts have series only: theme.chartCategoricalColors";
const showPlaces: Readonly<Record<string, string>> = { true: "full", false: "stacktrace" };

export const streamlitNames: Readonly<Record<string, StreamlitName>> = {
  "client.allowedOrigins": none("no other page can give commands to this one"),
  "client.showErrorDetails": {
    ours: "client.showErrorDetails",
    take: (value) => showPlaces[String(value)] ?? value,
  },
  "client.showErrorLinks": none("errors link to nobody else's pages"),
  "client.toolbarMode": {
    ours: "client.toolbarMode",
    // There is no developer's menu that the words between could show or hide.
    take: (value) => (value === "viewer" || value === "developer" ? "auto" : value),
  },
  "browser.serverAddress": none("the whole origin stands in server.allowedOrigins"),
  "browser.serverPort": none("the whole origin stands in server.allowedOrigins"),
  "global.appTest": none(noTestSwitch),
  "global.developmentMode": { why: noTestSwitch, unsafe: isTrue },
  "global.disableWidgetStateDuplicationWarning": none(
    "what stands in st.sessionState goes before, without a warning",
  ),
  "global.e2eTest": { why: noTestSwitch, unsafe: isTrue },
  "global.maxCachedMessageAge": none(noMessageCache),
  "global.minCachedMessageSize": none(noMessageCache),
  "global.showWarningOnDirectExecution": none("`st` outside of a run says so by an error"),
  "global.suppressDeprecationWarnings": none("pages show no warnings to viewers"),
  "global.unitTest": none(noTestSwitch),
  "logger.enableRich": none("log.format says how entries are written"),
  "logger.hideWelcomeMessage": none("the start prints two lines, which tools read"),
  "logger.level": { ours: "log.level", take: (value) => (value === "warning" ? "warn" : value) },
  "logger.messageFormat": none("log.format says how entries are written: text or json"),
  "magic.displayLastExprIfNoSemicolon": none(noMagic),
  "magic.displayRootDocString": none(noMagic),
  "runner.cacheBackgroundRefreshMaxWorkers": none("a refresh runs where the value was asked for"),
  "runner.cacheBackgroundRefreshTTLMultiplier": none("each st.cacheData says how it is refreshed"),
  "runner.cacheHashSeed": none("cached functions are keyed by their whole arguments, not by samples"),
  "runner.enumCoercion": none("an option is known again by its text"),
  "runner.fastReruns": none("a newer event always ends the run at its next st call or await"),
  "runner.magicEnabled": none(noMagic),
  "runner.parallelMaxWorkers": none("runner.workers says how many processes run scripts"),
  "runner.postScriptGC": none("memory is kept by a limit, runner.maxMemoryMb"),
  "server.address": { ours: "server.host" },
  "server.agentMaxSessions": none(laterAgents),
  "server.agentPreviewRows": none(laterAgents),
  "server.agentSessionTTL": none(laterAgents),
  "server.agentWaitTimeout": none(laterAgents),
  "server.allowRunOnSave": none("server.editing decides for everybody"),
  "server.allowedHosts": none(originsCheck),
  "server.baseUrlPath": { ours: "server.baseUrlPath" },
  "server.cookieSecret": none(
    "cookies hold random names, not signed data; keys are made in .strongroom/state by themselves",
  ),
  "server.corsAllowedOrigins": { ours: "server.allowedOrigins" },
  "server.customComponentBaseUrlPath": none("components are served by the app itself"),
  "server.disconnectedSessionTTL": { ours: "session.ttl" },
  "server.enableAgentApi": { why: laterAgents, unsafe: isTrue },
  "server.enableCORS": { why: originsCheck, unsafe: isFalse },
  "server.enableExpensiveMemoryStats": none(noMetrics),
  "server.enableWebsocketCompression": none("compressing secrets beside what viewers type gives them away"),
  "server.enableXsrfProtection": {
    why: "every request that changes something carries a proof that it comes from a page of this app, always",
    unsafe: isFalse,
  },
  "server.fileWatcherType": {
    ours: "server.fileWatcherType",
    take: (value) => (value === "watchdog" ? "auto" : value),
  },
  "server.folderWatchBlacklist": none(watching),
  "server.folderWatchList": none(watching),
  "server.headless": none("no browser is opened, and nobody is asked for an address"),
  "server.maxMessageSize": none(
    "a page is sent in changes; large tables and files are fetched by themselves",
  ),
  "server.maxWidgetStateSize": {
    ours: "limits.messageBytes",
    take: (value) => (typeof value === "number" ? value * 1_000_000 : value),
  },
  "server.runOnSave": none("server.editing follows saves"),
  "server.scriptHealthCheckEnabled": none("no request runs the script as a test"),
  "server.showEmailPrompt": none("nobody is asked for an address"),
  "server.trustedUserHeaders": {
    why: "a header that says who somebody is could be sent by anybody who reaches the port",
    unsafe: () => true,
  },
  "server.unsafeMetricsUserAttributes": { why: noMetrics, unsafe: () => true },
  "server.websocketPingInterval": none("open pages are asked every 20 seconds whether they are there"),
  "server.xsrfCookieSameSite": {
    why: "cookies of this app are sent to nobody else's pages",
    unsafe: (value) => value === "none",
  },
  "theme.baseFontSize": none(sizes),
  "theme.baseFontWeight": none(sizes),
  "theme.buttonRadius": none("buttons have the corners of theme.baseRadius"),
  "theme.chartDivergingColors": none(charts),
  "theme.chartSequentialColors": none(charts),
  "theme.codeBackgroundColor": none(derived),
  "theme.codeFontSize": none(sizes),
  "theme.codeFontWeight": none(sizes),
  "theme.codeTextColor": none(derived),
  "theme.dataframeBorderColor": none("tables have the lines of theme.borderColor"),
  "theme.dataframeHeaderBackgroundColor": none(derived),
  "theme.dataframeHeaderTextColor": none(derived),
  "theme.headingFontSizes": none(sizes),
  "theme.headingFontWeights": none(sizes),
  "theme.linkUnderline": none("links are underlined, so that nobody needs to tell colours apart"),
  "theme.metricValueFontSize": none(sizes),
  "theme.metricValueFontWeight": none(sizes),
  "theme.paddingBottom": none(sizes),
  "theme.paddingTop": none(sizes),
  "theme.showSidebarBorder": none(derived),
  "theme.showWidgetBorder": none("the edge of what can be filled in has a contrast of 3 to 1, always"),
  ...Object.fromEntries(
    ["red", "orange", "yellow", "blue", "green", "violet", "gray"].flatMap((color) => [
      [`theme.${color}BackgroundColor`, none(`it is made of theme.${color}Color`)],
      [`theme.${color}TextColor`, none(`it is theme.${color}Color`)],
    ]),
  ),
  "theme.sidebar": none("the side has the colours of the page"),
  "ui.hideTopBar": none("client.toolbarMode says what stands round the page"),
};
