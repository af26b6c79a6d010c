/** Every option there is: the only place where names, limits, defaults and their sentences stand. */
import { accessByPage, accessRule } from "./access-kind.ts";
import { duration, list, only, size, text, whole, word, yesOrNo } from "./kinds.ts";
import { option, unset, type Option } from "./option.ts";
import { themeOptions } from "./theme-options.ts";

const million = 1_000_000;
const hostName = text("a host name or an address", /^[A-Za-z0-9.:_-]{1,253}$/);
const origin = text(
  'an origin such as "https://app.example.com"',
  /^https?:\/\/[a-z0-9[][a-z0-9.:[\]-]{0,250}$/,
);
const proxy = text(
  'an address or a network such as "10.0.0.0/8"',
  /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f:]{2,39})(?:\/\d{1,3})?$/i,
);
/** Parts hold no dot: their cookies' names are never those of another path. */
const basePath = text(
  'a path such as "team/app": words of letters, digits, - and _ with slashes between',
  /^\/?(?:[A-Za-z0-9_-]{1,60}(?:\/[A-Za-z0-9_-]{1,60}){0,5})?\/?$/,
);
const embedder = text(
  'an origin such as "https://portal.example.com", whole and by https: no pattern',
  /^(?:https:\/\/[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|http:\/\/(?:localhost|127\.0\.0\.1|\[::1\]))(?::[0-9]{1,5})?$/,
);
const path = text("a path", /^[^\0]{1,1000}$/);
const recipient = text("an age recipient such as age1…", /^age1[0-9a-z]{20,3000}$/);
const secretName = text("a name such as mail.host", /^[A-Za-z0-9_.-]{1,300}$/);
const claim = text("the name of a claim", /^[^\p{C}]{1,200}$/u);
const fileName = text("a file's name", /^[^/\\\0]{1,255}$/);
const count = whole({ min: 1, max: million });
const bytes = size({ min: "1kb", max: "100gb" });

export const options = {
  server: {
    host: {
      ...option(
        hostName,
        "127.0.0.1",
        "The address to listen on. Any but loopback needs an [access] section.",
      ),
      flag: "host",
    },
    port: {
      ...option(whole({ min: 0, max: 65_535 }), 8501, "The port to listen on; 0 takes a free one."),
      flag: "port",
    },
    allowedOrigins: option(
      list(origin),
      [],
      "Further addresses under which browsers reach the app, such as that of a proxy.",
    ),
    url: unset(
      origin,
      "The one address under which viewers know the app; it is printed at the start, and stands beside allowedOrigins.",
    ),
    baseUrlPath: option(
      basePath,
      "",
      "A path below which the whole app lives, where it shares a host: a proxy hands requests on with it.",
    ),
    trustedProxies: option(
      list(proxy),
      [],
      "Proxies in front of the app, by address or network: of them alone X-Forwarded-For is read, and says whose limits a request counts for.",
    ),
    sslCertFile: unset(
      path,
      "A file with the certificate for https, and those that vouch for it; relative to the app's folder.",
    ),
    maxUploadSize: option(
      bytes,
      200 * million,
      "The largest file that a viewer may send, whatever its widget says.",
    ),
    enableStaticServing: option(
      yesOrNo,
      false,
      "Serve the files of the folder `static` beside the app's script, at `app/static/…`, to all who may open the app.",
    ),
    sslKeyFile: unset(
      path,
      "A file with the certificate's key; all three are taken up anew when they change.",
    ),
    sslClientCaFile: unset(
      path,
      "A file with the authorities of viewers' certificates: who has none of theirs is not let in at all.",
    ),
    sslMinVersion: option(word("1.3", "1.2"), "1.3", "The oldest version of TLS that is spoken."),
    developmentTls: option(
      yesOrNo,
      false,
      "Serve https on loopback with a certificate that is made for this machine; also --tls.",
    ),
    maxCacheDataSize: option(
      bytes,
      512 * million,
      "What the values of st.cacheData may take in memory; the one that was not used for longest goes first.",
    ),
    maxCacheDiskSize: option(bytes, 2_000 * million, 'The same on disk, for functions with persist: "disk".'),
    fileWatcherType: option(
      {
        ...word("auto", "poll"),
        expected: '"auto" or "poll"; not to follow saves at all is server.editing = "off"',
      },
      "auto",
      "How saves are noticed: by what the system tells, or by looking again and again, for disks of other machines and shared folders of containers.",
    ),
    editing: option(
      word("auto", "on", "off"),
      "auto",
      "Follow every save of the app's files, and show authors what does not compile. Auto: on loopback.",
    ),
  },
  session: {
    ttl: option(
      duration({ min: "1s", max: "30d" }),
      86_400_000,
      "How long a session can be taken up again after its tab has gone.",
    ),
    sleepAfter: option(
      duration({ min: "1s", max: "30d" }),
      600_000,
      "How long an idle session stays in memory; afterwards it waits in the store.",
    ),
    signInIdle: option(
      duration({ min: "1m", max: "30d" }),
      43_200_000,
      "How long a sign-in lasts of which nobody makes use.",
    ),
    signInLife: option(
      duration({ min: "1m", max: "365d" }),
      604_800_000,
      "How long a sign-in lasts at most; then the viewer signs in again.",
    ),
    maxStateBytes: option(
      size({ min: "1kb", max: "48mb" }),
      8 * million,
      "The most that st.sessionState may hold and still be restored.",
    ),
  },
  runner: {
    workers: option(
      whole({ min: 0, max: 256 }),
      0,
      "How many processes run the author's code; 0 stands for the number of cores. With isolation by session: how many wait for the next session; 0 stands for one.",
    ),
    isolation: option(
      word("shared", "session"),
      "shared",
      "Whether sessions share these processes, or each has one of its own, which weighs about 80 MB and ends with it or with its sleep.",
    ),
    maxBlockSeconds: option(
      whole({ min: 1, max: 3_600 }),
      30,
      "How long a run may keep its process from answering before it is ended.",
    ),
    maxMemoryMb: option(
      whole({ min: 128, max: million }),
      1_024,
      "The most memory that one process may use before it is ended, in megabytes.",
    ),
    sandbox: option(
      word("auto", "bubblewrap", "none"),
      "auto",
      "What encloses the processes that run the author's code. Auto: the strongest that this machine has.",
    ),
    network: option(
      word("none", "host"),
      "none",
      "Whether the author's code may open connections of its own; st.connection works either way.",
    ),
    connectionDefaultTTL: unset(
      duration({ min: "0s", max: "30d" }),
      "How long answers of st.connection are used again where a call names no ttl. Default: not at all.",
    ),
    enforceSerializableSessionState: option(
      yesOrNo,
      true,
      "Refuse values in st.sessionState that would not survive a restart.",
    ),
  },
  client: {
    showErrorDetails: option(
      word("auto", "full", "stacktrace", "type", "none"),
      "auto",
      "What pages show of an error: all of it, its kind and lines, its kind alone, or only an id that stands in the log. Auto: all to authors while they edit, else the id.",
    ),
    toolbarMode: option(
      word("auto", "minimal"),
      "auto",
      "What stands round the page: all of it, or nothing but the author's own (no switch for light and dark).",
    ),
    showSidebarNavigation: option(yesOrNo, true, "Show the menu of pages where there are several."),
    disableDataExport: option(
      yesOrNo,
      false,
      "Take download and copying away from tables. What a page shows can still be read by whoever sees it.",
    ),
  },
  browser: {
    gatherUsageStats: option(
      only(false, "false: nothing is gathered and nothing is sent anywhere, so there is nothing to allow"),
      false,
      "Always false: nothing is gathered about authors or viewers.",
    ),
  },
  limits: {
    connections: option(count, 20_000, "Open connections in all."),
    sockets: option(count, 10_000, "Open pages in all."),
    socketsPerViewer: option(count, 100, "Open pages of one viewer."),
    sessions: option(count, 20_000, "Sessions in memory."),
    sessionsPerViewer: option(count, 200, "Sessions of one viewer."),
    newSessionsPerSecond: option(
      count,
      100,
      "Sessions that may begin in a second, from all viewers together.",
    ),
    eventsPerSecond: option(count, 60, "Events of one viewer in a second, from all their pages together."),
    requestsPerSecond: option(
      count,
      1_000,
      "Requests from one address in a second; an IPv6 network counts as one.",
    ),
    messageBytes: option(bytes, 2 * million, "The longest message that a page may send."),
    bufferedBytes: option(bytes, 8 * million, "What may wait for a browser that reads slowly."),
    handleBytesPerSession: option(bytes, 128 * million, "Images, tables and downloads of one session."),
    handleBytes: option(bytes, 1_000 * million, "Images, tables and downloads of all sessions."),
    downloadBytes: option(bytes, 4_000 * million, "One download that is made as it is sent."),
    downloadsPerViewer: option(
      count,
      10,
      "Downloads of one viewer that are made as they are sent, at a time.",
    ),
    downloads: option(count, 200, "Downloads of all viewers that are made as they are sent, at a time."),
    uploadBytesPerSession: option(bytes, 400 * million, "Files that viewers sent to one session, in memory."),
    uploadBytesPerViewer: option(bytes, 600 * million, "Files that one viewer sent, in memory."),
    uploadBytes: option(bytes, 2_000 * million, "Files that all viewers sent, in memory."),
  },
  metrics: {
    enabled: option(yesOrNo, false, "Serve numbers for Prometheus at /metrics, on a port of their own."),
    host: option(hostName, "127.0.0.1", "The address to serve them on; whoever reaches it may read them."),
    port: option(whole({ min: 0, max: 65_535 }), 9464, "The port to serve them on; 0 takes a free one."),
  },
  access: {
    allow: unset(
      accessRule,
      'Who may open the app: "anyone", "signed-in", or a list of rules. With [auth] in secrets.toml, and on loopback only, "signed-in" where nothing is said.',
    ),
    pages: unset(
      accessByPage,
      'Who of those may open a page, by its path: reports = ["group:finance"]. Adds to what st.page says: both must fit.',
    ),
    groupsClaim: option(
      claim,
      "groups",
      "The claim of the provider that lists the groups of a viewer; a path such as realm.groups leads into one.",
    ),
    rolesClaim: option(
      claim,
      "roles",
      "The claim that lists the roles of a viewer, such as realm_access.roles.",
    ),
    contact: unset(
      text("a name, an address or a place to ask, of at most 200 characters", /^[^\p{C}]{1,200}$/u),
      "Whom to ask for access: the page that refuses somebody shows it.",
    ),
  },
  embedding: {
    allow: option(
      list(embedder),
      [],
      "Origins whose pages may show the app in a frame; none where nothing is said. While the app is edited, by http on loopback, too.",
    ),
  },
  auth: {
    provider: unset(
      word("development"),
      "A built-in provider where everybody is whom they say, to try a sign-in out without any account: only while the app is edited, on loopback. [auth] in secrets.toml stands above it.",
    ),
    recheck: option(
      duration({ min: "10s", max: "1d" }),
      300_000,
      "How long what a provider said of a viewer counts, while they are here: then it is asked again, tokens are renewed, and who has lost a role, or the account, loses the page.",
    ),
  },
  secrets: {
    files: option(
      list(path),
      [],
      "Files and folders with secrets instead of .strongroom/secrets.toml here and at home; relative to the app's folder, later ones win.",
    ),
    environment: option(
      yesOrNo,
      true,
      "Give texts and numbers above all sections of secrets.toml to the app's code as environment variables, too.",
    ),
    recipients: option(
      list(recipient),
      [],
      "The age recipients for whom `strongroom secrets seal` seals; without any, the key in .strongroom/age.key.",
    ),
    shown: option(
      list(secretName),
      [],
      "Entries of secrets.toml that are no secrets, such as a region: pages and logs may show them. A section stands for all in it.",
    ),
    openDownloads: option(
      list(fileName),
      [],
      "Names of downloads that may hold secrets; in all others, and on pages, they are hidden.",
    ),
  },
  ...themeOptions,
  log: {
    level: option(
      word("debug", "info", "warn", "error", "silent"),
      "info",
      "The least serious entries that are written.",
    ),
    format: option(
      word("auto", "text", "json"),
      "auto",
      "How entries are written. Auto: as text while authors edit, else as JSON.",
    ),
  },
} as const;

type Options = typeof options;

/** Every option's value: read once, checked, frozen. */
export type Config = {
  readonly [S in keyof Options]: {
    readonly [K in keyof Options[S]]: Options[S][K] extends Option<infer T> ? T : never;
  };
} & {
  /** The `[connections]` section as it stands: the broker decodes it. */
  readonly connections: Readonly<Record<string, unknown>>;
};

/** Sections whose keys are not ours to know. */
export const openSections: ReadonlySet<string> = new Set(["connections"]);

/** One option by its name, `section.key`; a section may have dots itself. */
export interface NamedOption extends Option<unknown> {
  readonly name: string;
  readonly section: string;
  readonly key: string;
  /** The environment variable that sets it. */
  readonly environment: string;
}

/** Every option by its name. */
export const optionsByName: ReadonlyMap<string, NamedOption> = new Map(
  Object.entries(options).flatMap(([section, keys]) =>
    Object.entries(keys).map(([key, one]): [string, NamedOption] => {
      const name = `${section}.${key}`;
      // Each option's own kind reads and shows its values: seen from outside they are unknown.
      return [
        name,
        { ...(one as unknown as Option<unknown>), name, section, key, environment: environmentName(name) },
      ];
    }),
  ),
);

/** `session.maxStateBytes` → `STRONGROOM_SESSION_MAX_STATE_BYTES`. */
export function environmentName(name: string): string {
  return `STRONGROOM_${name.replaceAll(".", "_").replaceAll(/(?<=[a-z0-9])[A-Z]/g, (letter) => `_${letter}`)}`.toUpperCase();
}
