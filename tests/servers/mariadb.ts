import { join } from "node:path";
import { createConnection, type Connection } from "mysql2";
import type { DatabaseServer, ServerOptions } from "./postgres.ts";
import {
  freePort,
  placeIn,
  remove,
  runDemoted,
  serverFolder,
  startDemoted,
  stop,
  untilReady,
} from "./unprivileged.ts";

const password = "my-canary-4711-password";

/** Its log is written whole before it is first used: 100 MB where nobody says otherwise. */
const smallLog = "--innodb-log-file-size=4M";

/** A real MariaDB with a database `app` of the user `app`. */
export async function startMariadb(options: ServerOptions = {}): Promise<DatabaseServer> {
  const folder = serverFolder("mariadb");
  const port = await freePort();
  const data = join(folder, "data");
  const socket = join(folder, "s");
  const install = ["--no-defaults", `--datadir=${data}`, "--auth-root-authentication-method=normal"];
  runDemoted("mariadb-install-db", [...install, "--skip-test-db", smallLog], folder);
  const args = [
    "--no-defaults",
    `--datadir=${data}`,
    `--port=${port}`,
    "--bind-address=127.0.0.1",
    `--socket=${socket}`,
    `--pid-file=${join(folder, "pid")}`,
    "--innodb-flush-log-at-trx-commit=0",
    smallLog,
    "--skip-log-bin",
    "--max-connections=60",
    ...tlsFlags(options, folder),
  ];
  const ask = async (sql: string): Promise<readonly unknown[][]> => {
    const connection = createConnection({ socketPath: socket, user: "root", rowsAsArray: true });
    try {
      return await query(connection, sql);
    } finally {
      connection.destroy();
    }
  };
  const begin = async (): Promise<ReturnType<typeof startDemoted>> => {
    const started = startDemoted("mariadbd", args, folder);
    await untilReady(started, () =>
      ask("select 1").then(
        () => true,
        () => false,
      ),
    );
    return started;
  };
  let server = await begin();
  await ask("create database app character set utf8mb4");
  const demand = options.mutual === true ? "require x509" : "";
  await ask(`create user app@'%' identified by '${password}' ${demand}`);
  await ask("grant all on app.* to app@'%'");
  return {
    port,
    user: "app",
    password,
    database: "app",
    admin: ask,
    connections: async () =>
      Number((await ask("select count(*) from information_schema.processlist where user = 'app'"))[0]?.[0]),
    stop: () => stop(server, "SIGTERM"),
    start: async () => void (server = await begin()),
    async [Symbol.asyncDispose]() {
      await stop(server, "SIGKILL");
      remove(folder);
    },
  };
}

function query(connection: Connection, sql: string): Promise<readonly unknown[][]> {
  return new Promise((resolve, reject) => {
    connection.on("error", reject);
    // Rows are lists, as the connection was told.
    connection.query(sql, (error, rows) => (error ? reject(error) : resolve(rows as unknown as unknown[][])));
  });
}

function tlsFlags({ certificates }: ServerOptions, folder: string): readonly string[] {
  if (certificates === undefined) return [];
  const { cert, key, ca } = certificates;
  const [ownCert = "", ownKey = "", ownCa = ""] = [cert, key, ca].map((path) => placeIn(folder, path));
  return [
    `--ssl-cert=${ownCert}`,
    `--ssl-key=${ownKey}`,
    `--ssl-ca=${ownCa}`,
    "--require-secure-transport=OFF",
  ];
}
