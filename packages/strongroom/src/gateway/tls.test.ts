import { execFileSync } from "node:child_process";
import { connect } from "node:tls";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { WebSocket } from "ws";
import type { TlsSettings } from "./options.ts";
import { GatewayUnderTest } from "../../../../tests/gateway/gateway-under-test.ts";

/** A certificate for `localhost` that nobody trusts, or nothing on a machine without openssl. */
function certificate(): { cert: string; key: string } | undefined {
  const folder = mkdtempSync(join(tmpdir(), "strongroom-tls-"));
  try {
    const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
    const kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1"];
    execFileSync(
      "openssl",
      ["req", "-x509", ...kind, "-subj", "/CN=localhost", "-keyout", key, "-out", cert],
      { stdio: "ignore" },
    );
    return { cert: readFileSync(cert, "utf8"), key: readFileSync(key, "utf8") };
  } catch {
    return undefined; // the test is skipped
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const tls = certificate();

test.skipIf(tls === undefined)(
  "over TLS cookies and policies are those of TLS, and a socket opens",
  async () => {
    await using under = await GatewayUnderTest.start({ tls });
    const { port, url } = under.gateway;
    expect(url).toBe(`https://127.0.0.1:${port}`);
    const origin = `https://localhost:${port}`;
    const page = await new Promise<{ headers: Record<string, unknown>; body: string }>((resolve, reject) => {
      const asked = request(
        { host: "localhost", port, path: "/", rejectUnauthorized: false, agent: false },
        (answer) => {
          let body = "";
          answer.on("data", (chunk) => (body += String(chunk)));
          answer.on("end", () => resolve({ headers: answer.headers, body }));
        },
      );
      asked.on("error", reject);
      asked.end();
    });
    const cookie = String(page.headers["set-cookie"]).split(";")[0] ?? "";
    expect(cookie).toMatch(/^__Host-strongroom-viewer=/);
    expect(page.headers["strict-transport-security"]).toBeDefined();
    const ticket = /"ticket":"([\w-]{43})"/.exec(page.body)?.[1] ?? "";
    const socket = new WebSocket(`wss://localhost:${port}/_strongroom/socket?ticket=${ticket}`, {
      origin,
      headers: { cookie },
      rejectUnauthorized: false,
    });
    await new Promise((resolve, reject) => {
      socket.once("open", resolve);
      socket.once("error", reject);
    });
    socket.terminate();
  },
);

/** The version that is spoken with a client that knows none above; nothing where there is none. */
function spoken(port: number, maxVersion: "TLSv1.2" | "TLSv1.3"): Promise<string | undefined> {
  return new Promise((resolve) => {
    const options = { host: "localhost", port, maxVersion, rejectUnauthorized: false };
    const socket = connect(options, () => {
      resolve(socket.getProtocol() ?? undefined);
      socket.destroy();
    });
    socket.on("error", () => resolve(undefined));
  });
}

test.skipIf(tls === undefined)("TLS 1.3 is spoken, and 1.2 only where that was chosen", async () => {
  await using strict = await GatewayUnderTest.start({ tls });
  expect(await spoken(strict.gateway.port, "TLSv1.3")).toBe("TLSv1.3");
  expect(await spoken(strict.gateway.port, "TLSv1.2")).toBeUndefined();
  await using wide = await GatewayUnderTest.start({ tls: tls && { ...tls, minVersion: "TLSv1.2" } });
  expect(await spoken(wide.gateway.port, "TLSv1.2")).toBe("TLSv1.2");
});

test.skipIf(tls === undefined)(
  "where viewers must show a certificate, nobody without one is answered",
  async () => {
    await using under = await GatewayUnderTest.start({ tls: tls && { ...tls, clientCa: tls.cert } });
    const { port } = under.gateway;
    const ask = (shown: object): Promise<number | undefined> =>
      new Promise((resolve) => {
        const options = {
          host: "localhost",
          port,
          path: "/healthz",
          rejectUnauthorized: false,
          agent: false,
        };
        const asked = request({ ...options, ...shown }, (answer) => resolve(answer.resume().statusCode));
        asked.on("error", () => resolve(undefined));
        asked.end();
      });
    expect(await ask({})).toBeUndefined();
    expect(await ask({ ...certificate() })).toBeUndefined();
    expect(await ask({ ...tls })).toBe(200);
  },
);

test.skipIf(tls === undefined)("TLS 1.2, where it is allowed, has no cipher with a padding", async () => {
  await using under = await GatewayUnderTest.start({ tls: { ...tls, minVersion: "TLSv1.2" } as TlsSettings }); // not skipped
  const speaks = (ciphers: string): Promise<boolean> =>
    new Promise((resolve) => {
      const { port } = under.gateway;
      const most = { maxVersion: "TLSv1.2", ciphers, rejectUnauthorized: false } as const;
      const socket = connect({ host: "127.0.0.1", port, ...most }, () => resolve(true));
      socket.on("secureConnect", () => socket.destroy());
      socket.on("error", () => resolve(false));
    });
  expect(await speaks("ECDHE-ECDSA-AES128-GCM-SHA256")).toBe(true);
  for (const cipher of ["ECDHE-ECDSA-AES128-SHA", "ECDHE-ECDSA-AES256-SHA384", "AES128-GCM-SHA256"])
    expect(await speaks(cipher), cipher).toBe(false);
});
