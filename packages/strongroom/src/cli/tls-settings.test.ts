import { execFileSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { chmodSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { get } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, type PeerCertificate, type TLSSocket } from "node:tls";
import { afterEach, beforeEach, expect, test } from "vitest";
import { options } from "../config/options.ts";
import type { Config } from "../config/options.ts";
import { openDoor } from "../gateway/door.ts";
import { GatewayUnderTest } from "../../../../tests/gateway/gateway-under-test.ts";
import { developmentCertificate } from "./development-certificate.ts";
import { tlsSettings } from "./tls-settings.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "strongroom-tls-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function server(changes: object): Config["server"] {
  const defaults = Object.fromEntries(
    Object.entries(options.server).map(([name, one]) => [name, one.default]),
  );
  return { ...defaults, ...changes } as Config["server"];
}

/** A certificate and its key in files of the folder. */
function files(name: string): { sslCertFile: string; sslKeyFile: string } {
  const { cert, key } = developmentCertificate(join(folder, name));
  const [sslCertFile, sslKeyFile] = [join(folder, `${name}.pem`), join(folder, `${name}.key`)];
  writeFileSync(sslCertFile, cert);
  writeFileSync(sslKeyFile, key, { mode: 0o600 });
  return { sslCertFile, sslKeyFile };
}

/** A certificate that vouches for itself, and may be shown by a client. */
function authority(name: string): ReturnType<typeof files> {
  const [sslCertFile, sslKeyFile] = [join(folder, `${name}.pem`), join(folder, `${name}.key`)];
  const kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1"];
  const names = ["-subj", `/CN=${name}`, "-keyout", sslKeyFile, "-out", sslCertFile];
  execFileSync("openssl", ["req", "-x509", ...kind, ...names], { stdio: "ignore" });
  return { sslCertFile, sslKeyFile };
}

/** What the server at a port shows, by which version of TLS. */
function shown(
  port: number,
  more: object = {},
): Promise<{ certificate: PeerCertificate; version: string | null }> {
  return new Promise((resolve, reject) => {
    const socket: TLSSocket = connect({ host: "127.0.0.1", port, rejectUnauthorized: false, ...more }, () => {
      resolve({ certificate: socket.getPeerCertificate(), version: socket.getProtocol() });
      socket.destroy();
    });
    socket.on("error", reject);
  });
}

test("a certificate for development is one that OpenSSL and a client that trusts it take", async () => {
  const { cert, key, fingerprint, isNew } = developmentCertificate(folder);
  expect(isNew).toBe(true);
  const parsed = new X509Certificate(cert);
  expect(parsed.subjectAltName).toBe("DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1");
  expect([parsed.ca, parsed.verify(parsed.publicKey), parsed.fingerprint256]).toEqual([
    false,
    true,
    fingerprint,
  ]);
  expect(Date.parse(parsed.validTo) - Date.now()).toBeLessThan(91 * 86_400_000);
  const printed = execFileSync("openssl", ["x509", "-noout", "-text"], { input: cert, encoding: "utf8" });
  expect(printed).toMatch(/CA:FALSE[\s\S]*Digital Signature[\s\S]*TLS Web Server Authentication/);
  await using under = await GatewayUnderTest.start({ tls: { cert, key } });
  const { port } = under.gateway;
  const status = await new Promise((resolve, reject) => {
    get({ host: "localhost", port, path: "/healthz", ca: cert, agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    }).on("error", reject);
  });
  expect(status).toBe(200);
  expect(developmentCertificate(folder)).toMatchObject({ fingerprint, isNew: false });
  expect(developmentCertificate(folder, Date.now() + 85 * 86_400_000).isNew).toBe(true);
});

test("TLS 1.3 is spoken; 1.2 only where the configuration allows it", async () => {
  for (const [sslMinVersion, isSpoken] of [
    ["1.3", false],
    ["1.2", true],
  ] as const) {
    const tls = tlsSettings(server({ ...files("a"), sslMinVersion }), folder, folder);
    await using under = await GatewayUnderTest.start({ tls: tls?.settings });
    const { port } = under.gateway;
    expect((await shown(port)).version).toBe("TLSv1.3");
    const old = shown(port, { maxVersion: "TLSv1.2" }).then(
      ({ version }) => version === "TLSv1.2",
      () => false,
    );
    expect(await old).toBe(isSpoken);
    expect(await shown(port, { minVersion: "TLSv1.1", maxVersion: "TLSv1.1" }).catch(() => "none")).toBe(
      "none",
    );
  }
});

test("new files are shown without a restart; files that do not fit are not taken up", async () => {
  const [first, second] = [files("first"), files("second")];
  const tls = tlsSettings(server(first), folder, folder);
  const door = await openDoor({ port: 0, ...(tls && { tls: tls.settings }) });
  const said: string[] = [];
  const log = { info: (text: string) => said.push(text), warn: (_: object, text: string) => said.push(text) };
  const stop = tls?.follow(door, log as never);
  const replace = (to: string, from: string, seconds: number): void => {
    writeFileSync(to, readFileSync(from));
    utimesSync(to, seconds, seconds);
  };
  const until = async (words: string): Promise<void> => {
    for (let waited = 0; waited < 400 && !said.some((text) => text.includes(words)); waited++)
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(said.join("\n")).toContain(words);
  };
  const fingerprint = (path: string): string => new X509Certificate(readFileSync(path)).fingerprint256;
  const old = fingerprint(first.sslCertFile);
  expect((await shown(door.port)).certificate.fingerprint256).toBe(old);
  replace(first.sslCertFile, second.sslCertFile, 1_000_000);
  await until("do not fit");
  expect((await shown(door.port)).certificate.fingerprint256).toBe(old);
  replace(first.sslKeyFile, second.sslKeyFile, 2_000_000);
  await until("renewed");
  expect((await shown(door.port)).certificate.fingerprint256).toBe(fingerprint(second.sslCertFile));
  stop?.();
  door.close();
  door.closeConnections();
});

test("where viewers need certificates, none is answered without one, and the self-attack says so", async () => {
  const mine = files("mine");
  const viewers = authority("viewers");
  const tls = tlsSettings(server({ ...mine, sslClientCaFile: viewers.sslCertFile }), folder, folder);
  await using under = await GatewayUnderTest.start({ tls: tls?.settings });
  const { port } = under.gateway;
  const ask = (more: object): Promise<number> =>
    new Promise((resolve) => {
      get(
        { host: "localhost", port, path: "/healthz", rejectUnauthorized: false, agent: false, ...more },
        (answer) => {
          answer.resume();
          resolve(answer.statusCode ?? 0);
        },
      ).on("error", () => resolve(0));
    });
  const pair = ({ sslCertFile, sslKeyFile }: typeof mine): object => ({
    cert: readFileSync(sslCertFile),
    key: readFileSync(sslKeyFile),
  });
  expect(await ask({})).toBe(0);
  expect(await ask(pair(authority("stranger")))).toBe(0);
  expect(await ask(pair(viewers))).toBe(200);
  expect(await under.gateway.attackSelf()).toBeGreaterThan(30);
});

test("files that cannot be, a key that all can read, and a certificate of our own for others stop the start", () => {
  const good = files("good");
  const start = (changes: object) => () => tlsSettings(server(changes), folder, folder);
  expect(start({ sslCertFile: good.sslCertFile })).toThrow(/sslKeyFile: expected a file beside/);
  expect(start({ sslClientCaFile: good.sslCertFile })).toThrow(/sslCertFile and server.sslKeyFile beside it/);
  expect(start({ ...good, sslKeyFile: files("other").sslKeyFile })).toThrow(/the key that belongs to it/);
  expect(start({ developmentTls: true, host: "0.0.0.0" })).toThrow(/expected server.host to be 127.0.0.1/);
  chmodSync(good.sslKeyFile, 0o644);
  expect(start(good)).toThrow(/everybody on this machine can read/);
});
