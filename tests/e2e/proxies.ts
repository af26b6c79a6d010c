import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { connect } from "node:tls";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { start } from "../running/processes.ts";

export const proxyNames = ["nginx", "caddy"] as const;
export type ProxyName = (typeof proxyNames)[number];

interface Order {
  readonly name: ProxyName;
  /** Where it listens, by https. */
  readonly port: number;
  /** Where the app listens. */
  readonly app: string;
  /** The path below which the app lives, and the proxy knows nothing else. */
  readonly base?: string;
}

/** A port that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo; // it listens on a port
  server.close();
  await once(server, "close");
  return port;
}

/** A real proxy that ends TLS for `localhost`, set up as one would. */
export async function startProxy({ name, port, app, base = "" }: Order): Promise<AsyncDisposable> {
  const folder = mkdtempSync(join(tmpdir(), "strongroom-proxy-"));
  mkdirSync(join(folder, "logs"));
  const [cert, key] = [join(folder, "cert.pem"), join(folder, "key.pem")];
  const asked =
    "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost";
  const names = ["-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", cert];
  execFileSync("openssl", [...asked.split(" "), ...names], { stdio: "ignore" });
  const file = join(folder, name === "nginx" ? "nginx.conf" : "Caddyfile");
  writeFileSync(
    file,
    name === "nginx" ? nginx({ port, app, base, folder }) : caddy({ port, app, base, folder }),
  );
  const args =
    name === "nginx"
      ? ["-p", folder, "-c", file, "-e", join(folder, "error.log")]
      : ["run", "--config", file, "--adapter", "caddyfile"];
  const env = { PATH: `${process.env["PATH"] ?? ""}:/usr/sbin`, HOME: folder, XDG_DATA_HOME: folder };
  const program = start(name, args, { cwd: folder, env });
  await untilItListens(port);
  return {
    async [Symbol.asyncDispose]() {
      await program[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Site {
  readonly port: number;
  readonly app: string;
  readonly base: string;
  readonly folder: string;
}

function nginx({ port, app, base, folder }: Site): string {
  return `daemon off;
pid ${folder}/nginx.pid;
events {}
http {
  access_log off;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  map $http_upgrade $connection_upgrade { default upgrade; '' ''; }
  server {
    listen 127.0.0.1:${port} ssl;
    server_name localhost;
    ssl_certificate ${folder}/cert.pem;
    ssl_certificate_key ${folder}/key.pem;
    location ${base === "" ? "/" : base} {
      proxy_pass ${app};
      proxy_http_version 1.1;
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $connection_upgrade;
      proxy_read_timeout 1h;
    }
  }
}
`;
}

function caddy({ port, app, base, folder }: Site): string {
  return `{
  admin off
  auto_https off
}
https://localhost:${port} {
  bind 127.0.0.1
  tls ${folder}/cert.pem ${folder}/key.pem
  reverse_proxy ${base === "" ? "" : `${base}* `}${app}
}
`;
}

async function untilItListens(port: number): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    const socket = connect({ port, host: "127.0.0.1", servername: "localhost", rejectUnauthorized: false });
    const isOpen = await new Promise<boolean>((resolve) => {
      socket.once("secureConnect", () => resolve(true));
      socket.once("error", () => resolve(false));
    });
    socket.destroy();
    if (isOpen) return;
    await sleep(100);
  }
  throw new Error("The proxy did not begin to listen.");
}
