import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packageRoot } from "../../tools/paths.ts";
import { start } from "../running/processes.ts";
import { Authority } from "../servers/certificates.ts";
import { freePort } from "./free-port.ts";
import { authSecrets, TestProvider } from "./provider.ts";

const script = `import { st } from "strongroom";
st.title("Orders");
if (!st.user.isLoggedIn) {
  st.text("Nobody is here");
  if (st.button("Come in")) st.login();
  st.stop();
}
st.text(\`Hello \${st.user.email}\`);
if (st.button("Leave")) st.logout();
`;

/** An app by https that two pages of other sites may frame, and a page that may not. */
export class FramedApp implements AsyncDisposable {
  readonly origin: string;
  readonly provider: TestProvider;
  /** Pages by what they are: each shows the app in a frame, or tries to. */
  readonly pages: Readonly<Record<"portal" | "intranet" | "evil", string>>;
  readonly #close: () => Promise<void>;

  private constructor(given: Pick<FramedApp, "origin" | "provider" | "pages">, close: () => Promise<void>) {
    this.origin = given.origin;
    this.provider = given.provider;
    this.pages = given.pages;
    this.#close = close;
  }

  static async start(access: "anyone" | "signed-in"): Promise<FramedApp> {
    const authority = new Authority("Strongroom test");
    const port = await freePort();
    // To a browser `localhost` and each of these addresses are sites of their own.
    const origin = `https://localhost:${port}`;
    const provider = await TestProvider.start({ redirectUri: `${origin}/oauth2callback` });
    const [portal, intranet, evil] = await Promise.all(
      ["127.0.0.1", "127.0.0.2", "127.0.0.3"].map((host) => startParent(authority, host, origin)),
    );
    if (portal === undefined || intranet === undefined || evil === undefined)
      throw new Error("Three pages were expected.");
    const folder = mkdtempSync(join(tmpdir(), "strongroom-framed-"));
    const { cert, key } = authority.sign("app", { names: "DNS:localhost" });
    mkdirSync(join(folder, ".strongroom"));
    writeFileSync(join(folder, "app.ts"), script);
    writeFileSync(
      join(folder, ".strongroom", "config.toml"),
      `[access]\nallow = "${access}"\n[runner]\nworkers = 1\n[server]\nsslCertFile = "${cert}"\nsslKeyFile = "${key}"
[embedding]\nallow = ["${portal.origin}", "${intranet.origin}"]\n`,
    );
    writeFileSync(
      join(folder, ".strongroom", "secrets.toml"),
      authSecrets(`${origin}/oauth2callback`, provider),
      { mode: 0o600 },
    );
    const bin = join(packageRoot, "bin", "strongroom.mjs");
    const program = start(process.execPath, [bin, "run", join(folder, "app.ts"), "--port", String(port)]);
    await program.line(/^ready /);
    const pages = { portal: portal.origin, intranet: intranet.origin, evil: evil.origin };
    return new FramedApp({ origin, provider, pages }, async () => {
      await program[Symbol.asyncDispose]();
      await provider[Symbol.asyncDispose]();
      for (const page of [portal, intranet, evil]) await page.stop();
      authority[Symbol.dispose]();
      rmSync(folder, { recursive: true, force: true });
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close();
  }
}

async function startParent(
  authority: Authority,
  host: string,
  frame: string,
): Promise<{ readonly origin: string; readonly stop: () => Promise<unknown> }> {
  const { cert, key } = authority.sign("parent", { names: `IP:${host}` });
  const server = createServer(
    { cert: readFileSync(cert), key: readFileSync(key) },
    ({ url = "/" }, answer) => {
      const { search } = new URL(url, frame);
      const sandbox = url === "/no-windows" ? ' sandbox="allow-scripts allow-same-origin allow-forms"' : "";
      answer.setHeader("Content-Type", "text/html");
      answer.end(
        `<!doctype html><title>Parent</title><iframe title="app" width="800" height="600"${sandbox} src="${frame}/${search}"></iframe>`,
      );
    },
  );
  await once(server.listen(0, host), "listening");
  const { port } = server.address() as AddressInfo; // it listens on a port
  return {
    origin: `https://${host}:${port}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
      return once(server, "close");
    },
  };
}
