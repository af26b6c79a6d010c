import { fileURLToPath } from "node:url";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  ask,
  type Heard,
  type Place,
} from "../../../packages/strongroom/src/gateway/self-attack/raw-client.ts";
import { startApp } from "../../running/app-server.ts";
import { freePort } from "../../identity/free-port.ts";
import { authSecrets, TestProvider } from "../../identity/provider.ts";
import type { Program } from "../../running/processes.ts";

const app = fileURLToPath(new URL("../every-widget", import.meta.url));
/** A secret of the author's: no answer and no line of the log may hold it. */
export const canary = ["zqx", "canary", "7f3a9c21d4"].join("-");
/** Limits that many attempts from one address would reach; those that stop one attempt stay. */
const config = `[limits]
newSessionsPerSecond = 100000
sessionsPerViewer = 100000
requestsPerSecond = 100000
eventsPerSecond = 100000
[server]
maxUploadSize = "1mb"
enableStaticServing = true
[access]
allow = "anyone"
[access.pages]
admin = ["group:admins"]
[auth]
recheck = "10s"
`;

/** A page for some, with what its viewers have there. */
const adminPage = `import { st } from "strongroom";
st.downloadButton("Own", "for administrators only");
st.fileUploader("Own file", { type: ["csv"] });
`;

/** Files of the app's own that are served, and others beside them that are not. */
function layStaticFiles(folder: string): void {
  for (const name of ["static", "static-private"]) mkdirSync(join(folder, name));
  writeFileSync(join(folder, "static", "ok.txt"), "fine");
  writeFileSync(join(folder, "static", "page.html"), "<script>alert(1)</script>");
  writeFileSync(join(folder, "static", ".hidden"), canary);
  writeFileSync(join(folder, "static-private", "key.txt"), canary);
  symlinkSync("../.strongroom/secrets.toml", join(folder, "static", "link.txt"));
}

/** A page of ours that is open: what it has, an attacker may have stolen. */
export interface OpenPage {
  readonly cookie: string;
  readonly session: string;
  readonly protocol: number;
  readonly tree: number;
  /** Where the page's widget for files takes them. */
  readonly slot: string;
  /** Of its download, if it has one. */
  readonly handle: string;
}

interface Known {
  readonly provider: TestProvider;
  /** Where the app is, so that the provider knows before it starts. */
  readonly port: number;
  readonly redirectUri: string;
}

async function startProvider(isTls: boolean): Promise<Known> {
  const port = await freePort();
  const redirectUri = `${isTls ? "https" : "http"}://127.0.0.1:${port}/oauth2callback`;
  return { provider: await TestProvider.start({ redirectUri }), port, redirectUri };
}

function secretsOf({ redirectUri, provider }: Known): string {
  return `canary = "${canary}"
${authSecrets(redirectUri, provider)}`;
}

/** A whole server, as authors start it. */
export class Target implements AsyncDisposable {
  readonly name: string;
  readonly program: Program;
  readonly place: Place;
  readonly origin: string;
  readonly host: string;
  readonly folder: string;
  readonly provider: TestProvider;
  /** All that it has printed. */
  readonly printed: string[] = [];

  private constructor({
    name,
    folder,
    program,
    origin,
    provider,
  }: Pick<Target, "name" | "folder" | "program" | "origin" | "provider">) {
    const url = new URL(origin);
    this.provider = provider;
    this.name = name;
    this.folder = folder;
    this.program = program;
    this.origin = origin;
    this.host = url.host;
    this.place = { host: "127.0.0.1", port: Number(url.port), secure: url.protocol === "https:", base: "" };
  }

  /** Starts one, with a provider that it knows. */
  static async start(name: string, args: readonly string[]): Promise<Target> {
    const known = await startProvider(args.includes("--tls"));
    const folder = mkdtempSync(join(tmpdir(), "strongroom-register-"));
    cpSync(app, folder, { recursive: true });
    mkdirSync(join(folder, ".strongroom"));
    writeFileSync(join(folder, ".strongroom", "config.toml"), config);
    writeFileSync(join(folder, ".strongroom", "secrets.toml"), secretsOf(known), { mode: 0o600 });
    layStaticFiles(folder);
    mkdirSync(join(folder, "pages"));
    writeFileSync(join(folder, "pages", "admin.ts"), adminPage);
    const program = startApp(join(folder, "app.ts"), { args: [...args, "--port", String(known.port)] });
    const printed: string[] = [];
    for (const stream of [program.child.stdout, program.child.stderr])
      stream?.on("data", (chunk: Buffer) => printed.push(chunk.toString()));
    const ready = await program.line(/^ready (https?:\S+?)\/?$/);
    const target = new Target({ name, folder, program, origin: ready[1] ?? "", provider: known.provider });
    target.printed.push(...printed);
    for (const stream of [program.child.stdout, program.child.stderr])
      stream?.on("data", (chunk: Buffer) => target.printed.push(chunk.toString()));
    return target;
  }

  /** Sends exactly these bytes, one for each character; nothing where the server kept silent for too long. */
  send(bytes: string): Promise<Heard | undefined> {
    return ask(this.place, Buffer.from(bytes, "latin1"), () => {});
  }

  /** Opens a page, as somebody new or as who has that cookie. */
  async openPage(known = "", path = "/"): Promise<OpenPage> {
    const own = known === "" ? "" : `Cookie: ${known}\r\n`;
    const line = `GET ${path} HTTP/1.1\r\nHost: ${this.host}\r\nConnection: close\r\n${own}\r\n`;
    const heard = await this.send(line);
    const html = heard?.body.toString() ?? "";
    // What the server wrote for its own page: a test reads it as it is.
    const boot = JSON.parse(/id="strongroom-boot"[^>]*>([^<]*)</.exec(html)?.[1] ?? "{}") as {
      session: string;
      protocol: number;
      messages: readonly { tree?: number }[];
    };
    if (heard?.status !== 200) throw new Error(`${path} answered ${heard?.status ?? "nothing"}.`);
    const set = /^((?:__Host-)?strongroom-viewer=[^;]*)/m.exec(heard.headers.get("set-cookie") ?? "");
    const cookie = known === "" ? (set?.[1] ?? "") : known;
    const { session, protocol } = boot;
    const slot = /"slot":"([\w-]{43})"/.exec(html)?.[1] ?? "";
    const handle = /"source":"([\w-]{43})"/.exec(html)?.[1] ?? "";
    return { cookie, session, protocol, slot, handle, tree: boot.messages.at(-1)?.tree ?? 0 };
  }

  /** A ticket as the page asks for one. */
  async ticket({ cookie }: Pick<OpenPage, "cookie">): Promise<string> {
    const own = `Cookie: ${cookie}\r\nOrigin: ${this.origin}\r\nSec-Fetch-Site: same-origin\r\n`;
    const head = `Host: ${this.host}\r\nConnection: close\r\nContent-Length: 0\r\n${own}`;
    const heard = await this.send(`POST /_strongroom/ticket HTTP/1.1\r\n${head}\r\n`);
    return /"ticket":"([\w-]{43})"/.exec(heard?.body.toString() ?? "")?.[1] ?? "";
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.program[Symbol.asyncDispose]();
    await this.provider[Symbol.asyncDispose]();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
