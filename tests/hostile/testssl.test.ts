import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isOnPath } from "../../tools/test/programs.ts";
import { GatewayUnderTest } from "../gateway/gateway-under-test.ts";
import { Authority } from "../servers/certificates.ts";

interface Finding {
  readonly id: string;
  readonly severity: string;
  readonly finding: string;
}

/** `WARN` says that the program could not look, such as with an OpenSSL that lacks what is broken for long. */
const harmless: ReadonlySet<string> = new Set(["OK", "INFO", "DEBUG", "WARN"]);

/** What is no property of the server, and why. */
const notOurs: ReadonlyMap<string, string> = new Map([
  ["cert_revocation", "the test's authority publishes no list of revoked certificates"],
  ["DNS_CAArecord", "`localhost` has no records in the DNS"],
]);

/** Protocols, what the server prefers, its certificate, headers; all of it takes minutes: `npm run test:tls`. */
const isWhole = process.env["STRONGROOM_WHOLE_TLS"] !== undefined;
/** Nobody is asked for an address: where no server of names answers, each question would be waited for. */
const here = ["--nodns", "none", "--ip", "127.0.0.1"];
/** Where it tries what its OpenSSL can do: a name that nobody has, by default, for which it asks the DNS each time. */
const nowhere = { NXCONNECT: "127.0.0.1:0" };
const parts = isWhole ? [] : ["-p", "-S", "-h"];

/** What testssl.sh finds at a server. */
function findings(port: number, ca: string): Promise<readonly Finding[]> {
  const folder = mkdtempSync(join(tmpdir(), "strongroom-testssl-"));
  const file = join(folder, "found.json");
  const args = [
    "--quiet",
    "--color",
    "0",
    "--warnings",
    "off",
    ...here,
    "--add-ca",
    ca,
    "--jsonfile",
    file,
    ...parts,
  ];
  const env = { ...process.env, ...nowhere };
  const options = { cwd: folder, env, timeout: isWhole ? 1_500_000 : 900_000 };
  return new Promise((resolve, reject) => {
    execFile("testssl", [...args, `localhost:${port}`], options, (_, said) => {
      try {
        resolve(JSON.parse(readFileSync(file, "utf8")) as readonly Finding[]); // what the program writes
      } catch (error) {
        reject(new Error(`testssl wrote no findings: ${said.slice(-2_000)}`, { cause: error }));
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });
  });
}

test.skipIf(!isOnPath("testssl")).each(isWhole ? (["TLSv1.3", "TLSv1.2"] as const) : (["TLSv1.3"] as const))(
  "testssl.sh has nothing to say against a server that speaks %s and newer",
  { timeout: isWhole ? 1_600_000 : 960_000 },
  async (minVersion) => {
    using authority = new Authority("Strongroom test");
    const signed = authority.sign("localhost", { names: "DNS:localhost", days: 90 });
    const tls = { cert: readFileSync(signed.cert), key: readFileSync(signed.key), minVersion };
    // The program asks for the name without a port.
    await using under = await GatewayUnderTest.start({ tls, allowedOrigins: ["https://localhost"] });
    const all = await findings(under.gateway.port, authority.ca);
    const bad = all.filter(({ id, severity }) => !harmless.has(severity) && !notOurs.has(id));
    expect(bad).toEqual([]);
    // It has looked: at protocols, the certificate, a page's headers.
    const found = new Map(all.map(({ id, severity }) => [id, severity]));
    for (const id of ["TLS1_3", "cert_chain_of_trust", "HSTS_time", "X-Content-Type-Options"])
      expect(found.get(id), id).toBe("OK");
    expect(all.find(({ id }) => id === "TLS1_2")?.finding).toMatch(
      minVersion === "TLSv1.2" ? /^offered/ : /^not offered/,
    );
  },
);
