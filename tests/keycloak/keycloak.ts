import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { root } from "../../tools/paths.ts";
import { freePort } from "../identity/free-port.ts";

const version = "26.7.3";
const cache = join(root, ".cache", "keycloak");
const home = join(cache, `keycloak-${version}`);
const artifact = `org.keycloak:keycloak-quarkus-dist:${version}:zip`;
const copy = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy";
const admin = { username: "admin", password: "keycloak-admin-4711" };
export const realm = "strongroom";

/** Fetches the distribution once, with the machine's own Maven. */
function fetchOnce(): void {
  if (existsSync(home)) return;
  const zip = join(cache, `keycloak-quarkus-dist-${version}.zip`);
  mkdirSync(cache, { recursive: true });
  console.error(`Fetching Keycloak ${version} from Maven Central (once, 170 MB)`);
  need("mvn", ["-q", "-B", copy, `-Dartifact=${artifact}`, `-DoutputDirectory=${cache}`]);
  need("unzip", ["-q", "-o", zip, "-d", cache]);
}

function need(program: string, args: readonly string[]): void {
  const { status, error } = spawnSync(program, args, { stdio: ["ignore", "inherit", "inherit"] });
  if (error !== undefined || status !== 0)
    throw new Error(
      `Keycloak needs Java 17 or newer, Maven and unzip (Debian: apt-get install default-jre-headless maven unzip); ${program} ${error === undefined ? `ended with ${status}` : "is not there"}.`,
    );
}

/** A Keycloak in memory, with one realm. */
export class Keycloak implements AsyncDisposable {
  readonly origin: string;
  readonly #child: ChildProcess;
  #token = "";

  private constructor(child: ChildProcess, origin: string) {
    this.#child = child;
    this.origin = origin;
  }

  static async start(): Promise<Keycloak> {
    need("java", ["-version"]);
    fetchOnce();
    const port = await freePort();
    const place = ["--http-host=127.0.0.1", `--http-port=${port}`];
    const child = spawn("bash", [join(home, "bin", "kc.sh"), "start-dev", "--db=dev-mem", ...place], {
      env: {
        ...process.env,
        KC_BOOTSTRAP_ADMIN_USERNAME: admin.username,
        KC_BOOTSTRAP_ADMIN_PASSWORD: admin.password,
        JAVA_OPTS_KC_HEAP: "-Xms128m -Xmx768m",
      },
      stdio: ["ignore", "pipe", "inherit"],
      // The script starts others: they end together.
      detached: true,
    });
    const keycloak = new Keycloak(child, `http://127.0.0.1:${port}`);
    await listening(child);
    return keycloak;
  }

  get metadataUrl(): string {
    return `${this.origin}/realms/${realm}/.well-known/openid-configuration`;
  }

  /** Asks the admin API; answers what it says, and where it put what was made. */
  async manage(method: string, path: string, body?: unknown): Promise<{ body: never; location: string }> {
    if (this.#token === "") this.#token = await this.#signIn();
    const answered = await fetch(`${this.origin}/admin/realms${path}`, {
      method,
      headers: { authorization: `Bearer ${this.#token}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answered.text();
    if (!answered.ok) throw new Error(`Keycloak answered ${answered.status} to ${method} ${path}: ${text}`);
    // What the admin API says is for each test to know.
    return {
      body: (text === "" ? null : JSON.parse(text)) as never,
      location: answered.headers.get("location") ?? "",
    };
  }

  async #signIn(): Promise<string> {
    const body = new URLSearchParams({ grant_type: "password", client_id: "admin-cli", ...admin });
    const answered = await fetch(`${this.origin}/realms/master/protocol/openid-connect/token`, {
      method: "POST",
      body,
    });
    return ((await answered.json()) as { access_token: string }).access_token;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.pid === undefined) return;
    const ended = once(this.#child, "exit");
    const group = -this.#child.pid;
    process.kill(group, "SIGTERM");
    const timer = setTimeout(() => process.kill(group, "SIGKILL"), 20_000);
    await ended;
    clearTimeout(timer);
  }
}

/** Waits until it says that it listens; the first start of a distribution builds itself. */
async function listening(child: ChildProcess): Promise<void> {
  const lines: string[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  if (child.stdout === null) throw new TypeError("A child whose output is read was expected.");
  createInterface({ input: child.stdout }).on("line", (line) => {
    lines.push(line);
    if (/Listening on: http/.test(line)) resolve();
  });
  child.once("exit", (code) =>
    reject(new Error(`Keycloak ended with ${code}:\n${lines.slice(-30).join("\n")}`)),
  );
  await promise;
}
