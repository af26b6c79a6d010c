import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import type { Certificates } from "./certificates.ts";
import {
  freePort,
  give,
  placeIn,
  remove,
  runDemoted,
  serverFolder,
  startDemoted,
  stop,
  untilReady,
} from "./unprivileged.ts";

/** A real PostgreSQL with a database `app` of the user `app`. */
export interface DatabaseServer extends AsyncDisposable {
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  /** Runs SQL as the owner, beside the broker. */
  readonly admin: (sql: string) => Promise<readonly unknown[][]>;
  /** Connections of others than the admin's. */
  readonly connections: () => Promise<number>;
  /** Ends the server as an operator would, and starts it again on the same port. */
  readonly stop: () => Promise<void>;
  readonly start: () => Promise<void>;
}

export interface ServerOptions {
  /** Speaks TLS with these. */
  readonly certificates?: Certificates;
  /** Lets in only who shows a certificate. */
  readonly mutual?: boolean;
}

const password = "pg-canary-4711-password";

/** A program of the newest version; Debian keeps each version's in a folder of its own. */
function program(name: string): string {
  const all = "/usr/lib/postgresql";
  if (!existsSync(all)) return name;
  const versions = readdirSync(all).sort((a, b) => Number(a) - Number(b));
  return join(all, versions.at(-1) ?? "", "bin", name);
}

export async function startPostgres(options: ServerOptions = {}): Promise<DatabaseServer> {
  const folder = serverFolder("postgres");
  const port = await freePort();
  const data = join(folder, "data");
  writeFileSync(join(folder, "pw"), password, { mode: 0o600 });
  give(join(folder, "pw"));
  const init = ["-D", data, "-U", "app", "-A", "scram-sha-256", `--pwfile=${join(folder, "pw")}`];
  runDemoted(program("initdb"), [...init, "--no-sync", "-E", "UTF8", "--locale=C"], folder);
  writeFileSync(join(data, "pg_hba.conf"), accessRules(options));
  const flags = ["-D", data, "-h", "127.0.0.1", "-p", String(port), "-k", folder];
  const fast = [
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "max_connections=60",
    ...tlsFlags(options, folder),
  ];
  const args = [...flags, ...fast.flatMap((flag) => ["-c", flag])];
  const config = { host: folder, port, user: "app", password, database: "postgres" };
  const ask = async (sql: string): Promise<readonly unknown[][]> => {
    const client = new Client(config);
    client.on("error", () => {}); // its queries tell
    await client.connect();
    try {
      return (await client.query<unknown[]>({ text: sql, rowMode: "array" })).rows ?? [];
    } finally {
      await client.end();
    }
  };
  const begin = async (): Promise<ReturnType<typeof startDemoted>> => {
    const started = startDemoted(program("postgres"), args, folder);
    await untilReady(started, () =>
      ask("select 1").then(
        () => true,
        () => false,
      ),
    );
    return started;
  };
  let server = await begin();
  return {
    port,
    user: "app",
    password,
    database: "postgres",
    admin: ask,
    connections: async () =>
      Number(
        (await ask("select count(*) from pg_stat_activity where application_name = 'strongroom'"))[0]?.[0],
      ),
    stop: () => stop(server, "SIGINT"),
    start: async () => void (server = await begin()),
    async [Symbol.asyncDispose]() {
      await stop(server, "SIGQUIT");
      remove(folder);
    },
  };
}

function accessRules({ certificates, mutual }: ServerOptions): string {
  const network = certificates === undefined ? "host" : "hostssl";
  const demands = mutual === true ? " clientcert=verify-ca" : "";
  return `local all all scram-sha-256\n${network} all all 127.0.0.1/32 scram-sha-256${demands}\n`;
}

function tlsFlags({ certificates }: ServerOptions, folder: string): readonly string[] {
  if (certificates === undefined) return [];
  const { cert, key, ca } = certificates;
  const [ownCert = "", ownKey = "", ownCa = ""] = [cert, key, ca].map((path) => placeIn(folder, path));
  return ["ssl=on", `ssl_cert_file=${ownCert}`, `ssl_key_file=${ownKey}`, `ssl_ca_file=${ownCa}`];
}
