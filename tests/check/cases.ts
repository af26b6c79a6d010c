/** For each rule of `strongroom check`, an app in which it finds something, and the same app as it should be. */
export interface Case {
  readonly bad: App;
  readonly good: App;
  /** Where it is found, `file:line`; without a line where the rule names none. */
  readonly at: string;
}

/** Files by path; `git` makes it a repository in which all files are tracked that are not ignored. */
export interface App {
  readonly files: Readonly<Record<string, string>>;
  readonly git?: boolean;
  /** Links, and where they lead. */
  readonly links?: Readonly<Record<string, string>>;
  /** Files that everybody may read. */
  readonly open?: readonly string[];
}

const config = ".strongroom/config.toml";
const hello = `import { st } from "strongroom";\nst.title("Hello");\n`;
const allowed = `[access]\nallow = "signed-in"\n`;
const anyone = `[access]\nallow = "anyone"\n`;
const shop = `[connections.shop]\ntype = "sqlite"\npath = "shop.db"\n`;
/** Put together here: this file holds nothing that looks like a secret. */
const token = ["ghp", "A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8"].join("_");

function app(script: string, settings = allowed): App {
  return { files: { "app.ts": script, [config]: settings } };
}

function configured(settings: string): App {
  return { files: { "app.ts": hello, [config]: settings, "shop.db": "" } };
}

export const cases: Readonly<Record<string, Case>> = {
  "CHK-COMPILE": {
    bad: app(`${hello}st.text("a";\n`),
    good: app(`${hello}st.text("a");\n`),
    at: "app.ts:3",
  },
  "CHK-CONFIG": {
    bad: configured(`${allowed}[server]\nprot = 1\n`),
    good: configured(`${allowed}[server]\nport = 1\n`),
    at: `${config}:4`,
  },
  "CHK-ACCESS": { bad: configured(""), good: configured(allowed), at: config },
  "CHK-OPEN-WRITES": {
    bad: configured(`${anyone}${shop}write = true\n`),
    good: configured(`${anyone}${shop}`),
    at: `${config}:6`,
  },
  "CHK-SECRET-IN-CODE": {
    bad: app(`${hello}const api = "${token}";\nst.text(api);\n`),
    good: app(`${hello}const api = st.secrets["api"];\nst.text(api === undefined ? "none" : "one");\n`),
    at: "app.ts:3",
  },
  "CHK-SECRET-FILE": {
    bad: { ...app(hello), git: true, files: { ...app(hello).files, ".env": "A=1\n" } },
    good: {
      ...app(hello),
      git: true,
      files: { ...app(hello).files, ".env": "A=1\n", ".gitignore": ".env\n" },
    },
    at: ".env",
  },
  "CHK-QUERY-TEXT": {
    bad: app(
      `${hello}const db = st.connection("shop");\nconst name = st.textInput("Name");\nst.dataframe(await db.query(\`select * from a where b = '\${name}'\`));\n`,
      `${allowed}${shop}`,
    ),
    good: app(
      `${hello}const db = st.connection("shop");\nconst name = st.textInput("Name");\nst.dataframe(await db.query\`select * from a where b = \${name}\`);\n`,
      `${allowed}${shop}`,
    ),
    at: "app.ts:5",
  },
  "CHK-EVAL": {
    bad: app(`${hello}st.text(String(eval("1 + 1")));\n`),
    good: app(`${hello}// eval("1") would be refused\nst.text(String(1 + 1));\n`),
    at: "app.ts:3",
  },
  "CHK-CACHE-VIEWER": {
    bad: app(
      `${hello}globalThis.name = st.textInput("Who");\nconst load = st.cacheData(async () => globalThis.name.length);\nst.text(String(await load()));\n`,
    ),
    good: app(
      `${hello}const who = st.textInput("Who");\nconst load = st.cacheData(async (name: string) => name.length);\nst.text(String(await load(who)));\n`,
    ),
    at: "app.ts:4",
  },
  "CHK-ERROR-DETAILS": {
    bad: configured(`${allowed}[server]\nhost = "0.0.0.0"\n[client]\nshowErrorDetails = "full"\n`),
    good: configured(`${allowed}[client]\nshowErrorDetails = "full"\n`),
    at: `${config}:6`,
  },
  "CHK-SANDBOX": {
    bad: configured(`${allowed}[runner]\nsandbox = "none"\n`),
    good: configured(`${allowed}[runner]\nsandbox = "bubblewrap"\n`),
    at: `${config}:4`,
  },
  "CHK-NETWORK": {
    bad: configured(`${allowed}[runner]\nnetwork = "host"\n`),
    good: configured(`${allowed}[runner]\nnetwork = "none"\n`),
    at: `${config}:4`,
  },
  "CHK-EDITING": {
    bad: configured(`${allowed}[server]\nallowedOrigins = ["https://app.example.com"]\nediting = "on"\n`),
    good: configured(`${allowed}[server]\nediting = "on"\n`),
    at: `${config}:5`,
  },
  "CHK-PLAIN-HTTP": {
    bad: configured(`${allowed}[server]\nhost = "0.0.0.0"\n`),
    good: configured(`${allowed}[server]\nhost = "0.0.0.0"\nsslCertFile = "a.pem"\nsslKeyFile = "a.key"\n`),
    at: `${config}:4`,
  },
  "CHK-TRUSTED-PROXIES": {
    bad: configured(`${allowed}[server]\ntrustedProxies = ["10.0.0.1", "0.0.0.0/0"]\n`),
    good: configured(`${allowed}[server]\ntrustedProxies = ["10.0.0.0/8", "::1/128"]\n`),
    at: `${config}:4`,
  },
  "CHK-OPEN-DOWNLOADS": {
    bad: configured(`${allowed}[secrets]\nopenDownloads = ["keys.txt"]\n`),
    good: configured(`${allowed}[secrets]\nopenDownloads = []\n`),
    at: `${config}:4`,
  },
  "CHK-TLS-OFF": {
    bad: configured(
      `${allowed}[connections.shop]\ntype = "postgres"\nhost = "127.0.0.1"\ndatabase = "a"\nuser = "a"\nssl.mode = "off"\n`,
    ),
    good: configured(
      `${allowed}[connections.shop]\ntype = "postgres"\nhost = "127.0.0.1"\ndatabase = "a"\nuser = "a"\n`,
    ),
    at: `${config}:8`,
  },
  "CHK-LINK-OUT": {
    bad: { ...app(hello), links: { "data.csv": "/etc/hostname" } },
    good: { ...app(hello), links: { "data.csv": "app.ts" } },
    at: "data.csv",
  },
};
