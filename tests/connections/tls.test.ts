import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:https";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Authority, type Certificates } from "../servers/certificates.ts";
import { startMariadb } from "../servers/mariadb.ts";
import { startPostgres } from "../servers/postgres.ts";
import { TestBroker, type Outcome } from "./test-broker.ts";

/** A server with a certificate, and how to ask it. */
interface Served extends AsyncDisposable {
  readonly settings: Readonly<Record<string, unknown>>;
}
interface Case {
  readonly name: string;
  readonly serve: (certificates: Certificates, mutual: boolean) => Promise<Served>;
  readonly ask: (broker: TestBroker) => Promise<Outcome>;
}

const select = (broker: TestBroker): Promise<Outcome> => broker.query("select 1 as one");
const ofDatabase =
  (start: typeof startPostgres, type: string) => async (certificates: Certificates, mutual: boolean) => {
    const server = await start({ certificates, mutual });
    const { port, user, password, database } = server;
    return {
      settings: { type, port, user, password, database },
      [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
    };
  };

const cases: readonly Case[] = [
  { name: "postgres", serve: ofDatabase(startPostgres, "postgres"), ask: select },
  { name: "mysql", serve: ofDatabase(startMariadb, "mysql"), ask: select },
  {
    name: "http",
    serve: async ({ cert, key, ca }, mutual) => {
      const server = createServer(
        {
          cert: readFileSync(cert),
          key: readFileSync(key),
          ...(mutual ? { ca: readFileSync(ca), requestCert: true, rejectUnauthorized: true } : {}),
        },
        (_, response) => response.end("1"),
      );
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      return {
        settings: { type: "http", port },
        async [Symbol.asyncDispose]() {
          server.closeAllConnections();
          await new Promise((resolve) => server.close(resolve));
        },
      };
    },
    ask: (broker) =>
      broker.ask({ kind: "http", connection: "shop", method: "GET", path: "/", query: [], headers: [] }),
  },
];

describe.each(cases)("TLS to $name", { timeout: 120_000 }, ({ serve, ask }) => {
  const ours = new Authority("ours");
  const others = new Authority("others");
  const names = "DNS:localhost,IP:127.0.0.1";
  let plain: Served;
  let mutual: Served;
  beforeAll(async () => {
    plain = await serve(ours.sign("server", { names }), false);
    mutual = await serve(ours.sign("server", { names }), true);
  }, 120_000);
  afterAll(async () => {
    await Promise.all([plain, mutual].map((each) => each[Symbol.asyncDispose]()));
    ours[Symbol.dispose]();
    others[Symbol.dispose]();
  });

  function open({ settings }: Served, host: string, ssl: Readonly<Record<string, unknown>>): TestBroker {
    const { port, ...rest } = settings;
    const where = rest["type"] === "http" ? { url: `https://${host}:${String(port)}` } : { host, port };
    return new TestBroker({ shop: { ...rest, ...where, ssl } });
  }

  /** The error that an author would read. */
  async function refusal(broker: TestBroker): Promise<string> {
    const outcome = await ask(broker);
    return "message" in outcome ? `${outcome.code} ${outcome.message}` : "let in";
  }

  test.each(["localhost", "127.0.0.1"])("goes on where the certificate is for %s", async (host) => {
    await using broker = open(plain, host, { ca: ours.ca });
    expect(await refusal(broker)).toBe("let in");
  });

  test("is verified without a word of it, and says what to name as `ssl.ca`", async () => {
    await using broker = open(plain, "localhost", {});
    expect(await refusal(broker)).toMatch(/ERR_CONNECTION_FAILED.*nobody we trust.*`ssl\.ca`/);
  });

  test("refuses a certificate of another authority", async () => {
    await using broker = open(plain, "localhost", { ca: others.ca });
    expect(await refusal(broker)).toMatch(/ERR_CONNECTION_FAILED.*(nobody we trust|somebody else)/);
  });

  test("refuses a certificate for another host", async () => {
    await using wrong = await serve(
      ours.sign("localhost", { names: "DNS:db.example.com,IP:127.0.0.9" }),
      false,
    );
    for (const host of ["localhost", "127.0.0.1"]) {
      await using broker = open(wrong, host, { ca: ours.ca });
      expect(await refusal(broker), host).toMatch(/ERR_CONNECTION_FAILED.*for another host/);
    }
  });

  test("refuses one for localhost where an address was asked for", async () => {
    await using wrong = await serve(ours.sign("localhost", { names: "DNS:localhost" }), false);
    await using broker = open(wrong, "127.0.0.1", { ca: ours.ca });
    expect(await refusal(broker)).toMatch(/for another host/);
  });

  test("refuses an expired certificate", async () => {
    await using expired = await serve(ours.sign("server", { names, days: -1 }), false);
    await using broker = open(expired, "localhost", { ca: ours.ca });
    expect(await refusal(broker)).toMatch(/ERR_CONNECTION_FAILED.*has expired/);
  });

  test("shows a certificate of ours where it is demanded, and says so where there is none", async () => {
    const { cert, key } = ours.sign("app");
    await using broker = open(mutual, "localhost", { ca: ours.ca, cert, key });
    expect(await refusal(broker)).toBe("let in");
    await using bare = open(mutual, "localhost", { ca: ours.ca });
    expect(await refusal(bare)).toMatch(/ERR_CONNECTION_FAILED.*`ssl\.cert`/);
    const foreign = others.sign("app");
    await using stranger = open(mutual, "localhost", { ca: ours.ca, cert: foreign.cert, key: foreign.key });
    expect(await refusal(stranger)).toMatch(/ERR_CONNECTION_FAILED/);
    await using mixed = open(mutual, "localhost", { ca: ours.ca, cert, key: foreign.key });
    expect(await refusal(mixed)).toMatch(/`ssl\.key`/);
  });

  test("takes up certificates that were rotated, without a restart", async () => {
    const folder = mkdtempSync(join(tmpdir(), "strongroom-rotated-"));
    const [cert, key] = [join(folder, "cert.pem"), join(folder, "key.pem")];
    const use = (made: Certificates): void => {
      copyFileSync(made.cert, cert);
      copyFileSync(made.key, key);
    };
    use(others.sign("app"));
    await using broker = open(mutual, "localhost", { ca: ours.ca, cert, key });
    expect(await refusal(broker)).toMatch(/ERR_CONNECTION_FAILED/);
    use(ours.sign("app"));
    expect(await refusal(broker)).toBe("let in");
    // A connection that is open with the old certificate is not used for the next question.
    use(others.sign("app"));
    expect(await refusal(broker)).toMatch(/ERR_CONNECTION_FAILED/);
    rmSync(folder, { recursive: true, force: true });
  });

  test("says what is wrong with a server that speaks none", async () => {
    const { settings } = plain;
    if (settings["type"] === "http") return;
    const start = settings["type"] === "mysql" ? startMariadb : startPostgres;
    await using server = await start();
    await using broker = open({ ...plain, settings: { ...settings, port: server.port } }, "localhost", {});
    expect(await refusal(broker)).toMatch(/does not speak TLS.*ssl\.mode = "off"/);
  });

  test("cannot be switched off for a server on another machine", async () => {
    await using broker = open(plain, "db.example.com", { mode: "off" });
    expect(await refusal(broker)).toMatch(/ERR_CONNECTION_SETTINGS.*ssl\.mode.*"verify"/);
  });
});

test.each(["prefer", "allow", "no-verify"])("a URL with sslmode=%s is refused", async (mode) => {
  await using broker = new TestBroker({
    shop: { type: "postgres", url: `postgres://u:canary-4711@localhost/x?sslmode=${mode}` },
  });
  const outcome = await broker.query("select 1");
  expect(outcome).toMatchObject({ code: "ERR_CONNECTION_SETTINGS" });
  expect(JSON.stringify(outcome)).not.toContain("canary");
});
