import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { WebSocket } from "ws";
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
