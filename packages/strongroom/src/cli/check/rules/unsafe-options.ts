import { isLoopback } from "../../../config/access.ts";
import type { Config } from "../../../config/options.ts";
import { connectionsOf, isPublic, placeIn, placeOfConnection, tableOf } from "../app.ts";
import type { Rule, Severity } from "../finding.ts";

/** An option with values that weaken what protects the app. */
interface Row {
  readonly id: Rule["id"];
  readonly severity: Severity;
  /** Of the option whose place is told. */
  readonly option: string;
  readonly isWeak: (config: Config) => boolean;
  readonly holds: string;
  readonly why: string;
  readonly problem: string;
  readonly fix: string;
}

const rows: readonly Row[] = [
  {
    id: "CHK-ERROR-DETAILS",
    severity: "error",
    option: "client.showErrorDetails",
    isWeak: (config) => isPublic(config) && ["full", "stacktrace"].includes(config.client.showErrorDetails),
    holds: "Viewers do not read the details of errors.",
    why: "Messages and lines of code tell an attacker how the app is made, and may name other people's data.",
    problem: "Everybody who can open the app reads the details of its errors.",
    fix: 'Take client.showErrorDetails out: "auto" shows them to authors only, and viewers an id that stands in the log.',
  },
  {
    id: "CHK-SANDBOX",
    severity: "error",
    option: "runner.sandbox",
    isWeak: ({ runner }) => runner.sandbox === "none",
    holds: "The app's code runs in a sandbox.",
    why: "A package that was taken over would read what the server's user can read.",
    problem: "Nothing but Node's permission model encloses the app's code.",
    fix: 'Take runner.sandbox out, and install bubblewrap: "auto" uses the strongest that the machine has.',
  },
  {
    id: "CHK-NETWORK",
    severity: "warning",
    option: "runner.network",
    isWeak: ({ runner }) => runner.network === "host",
    holds: "The app's code opens no connections of its own.",
    why: "A package that was taken over could send data away, and reach services that trust this machine.",
    problem: "The app's code, with all its packages, may open connections to anywhere.",
    fix: 'Take runner.network out, and reach services by st.connection(…, { type: "http" }).',
  },
  {
    id: "CHK-EDITING",
    severity: "error",
    option: "server.editing",
    isWeak: (config) => isPublic(config) && config.server.editing === "on",
    holds: "No editing mode where others reach the app.",
    why: "Viewers would read what does not compile, with its lines, and each save would go live at once.",
    problem: "The app follows saves and shows what does not compile to everybody who can open it.",
    fix: "Take server.editing out, or start it with --production.",
  },
  {
    id: "CHK-PLAIN-HTTP",
    severity: "warning",
    option: "server.host",
    isWeak: ({ server }) => !isLoopback(server.host) && server.sslCertFile === undefined,
    holds: "What goes over a network is encrypted.",
    why: "On the way, whoever is in the network reads pages and cookies, and can change them.",
    problem: "Other machines reach the app by http, which is not encrypted.",
    fix: "Set server.sslCertFile and server.sslKeyFile, or listen on 127.0.0.1 behind a proxy that speaks https.",
  },
  {
    id: "CHK-TRUSTED-PROXIES",
    severity: "error",
    option: "server.trustedProxies",
    isWeak: ({ server }) => server.trustedProxies.some((proxy) => /\/0*[0-7]$/.test(proxy)),
    holds: "Only proxies of one's own are believed who asks.",
    why: "Whoever is believed can write any address into X-Forwarded-For: limits for each address no longer bind them.",
    problem: "server.trustedProxies holds so large a network that it is not one's own.",
    fix: "Name the address of the proxy, or the network that holds nothing but proxies.",
  },
  {
    id: "CHK-OPEN-DOWNLOADS",
    severity: "note",
    option: "secrets.openDownloads",
    isWeak: ({ secrets }) => secrets.openDownloads.length > 0,
    holds: "No download may hold secrets, or it is known which.",
    why: "In these downloads secrets are not hidden.",
    problem: "Secrets are not hidden in downloads of the names that are listed here.",
    fix: "Take out each name that no longer needs it.",
  },
];

/** One rule for each option with values that weaken. */
export const unsafeOptions: readonly Rule[] = rows.map(
  ({ id, severity, option, isWeak, holds, why, problem, fix }) => ({
    id,
    severity,
    holds,
    why,
    find: ({ loaded, folder }) => {
      if (loaded === undefined || !isWeak(loaded.config)) return [];
      const origin = loaded.origins.get(option);
      const place = placeIn(folder, origin);
      const from = place.line === undefined && origin !== undefined ? ` (${origin})` : "";
      return [{ ...place, problem: `${problem.slice(0, -1)}${from}.`, fix }];
    },
  }),
);

/** Databases are reached by verified TLS. */
export const tlsOff: Rule = {
  id: "CHK-TLS-OFF",
  severity: "note",
  holds: "Databases are reached by verified TLS.",
  why: "Without it whoever stands between reads and changes everything. It can be off only where the server is this machine.",
  find: (app) =>
    connectionsOf(app)
      .filter(({ values }) => tableOf(values["ssl"])["mode"] === "off")
      .map(({ name }) => ({
        ...placeOfConnection(app, name, "ssl", "mode"),
        problem: `The connection "${name}" is not encrypted: fine only as long as its server is this machine.`,
        fix: "Take ssl.mode out as soon as the server speaks TLS; ssl.ca names who signed its certificate.",
      })),
};
