import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Visitor } from "../../identity/browser-without-screen.ts";
import { freePort } from "../../identity/free-port.ts";
import { beginSignIn } from "../../identity/played-sign-in.ts";
import { authSecrets, TestProvider } from "../../identity/provider.ts";
import { startApp } from "../../running/app-server.ts";
import type { Program } from "../../running/processes.ts";

const app = fileURLToPath(new URL("app", import.meta.url));
const callbackPath = "/oauth2callback";

/** What somebody has who signed in, and who has begun to do so once more. */
export interface SignedIn {
  /** As a browser would send them. */
  readonly cookies: string;
  /** Of the sign-in that has begun. */
  readonly state: string;
}

/** An app in production mode, with the limits that it is shipped with, and the provider that its viewers sign in at. */
export interface Target extends AsyncDisposable {
  readonly url: string;
  readonly server: Program;
  readonly issuer: string;
  /** A token that is signed as the provider signs. */
  readonly token: string;
  readonly signIn: (name: string) => Promise<SignedIn>;
}

export async function startTarget(): Promise<Target> {
  const folder = mkdtempSync(join(tmpdir(), "strongroom-fuzz-"));
  cpSync(app, folder, { recursive: true, filter: (path) => !path.includes(".strongroom") });
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const provider = await TestProvider.start({ redirectUri: `${origin}${callbackPath}` });
  mkdirSync(join(folder, ".strongroom"));
  appendFileSync(join(folder, ".strongroom", "config.toml"), '[access]\nallow = "anyone"\n');
  const secrets = authSecrets(`${origin}${callbackPath}`, provider);
  writeFileSync(join(folder, ".strongroom", "secrets.toml"), secrets, { mode: 0o600 });
  const server = startApp(join(folder, "app.ts"), { args: ["--port", String(port), "--production"] });
  await server.line(/^ready (http:\S+)$/);
  const events = { "http://schemas.openid.net/event/backchannel-logout": {} };
  return {
    url: `${origin}/`,
    server,
    issuer: provider.issuer,
    token: provider.idToken({ sub: "nobody", jti: "1", events }),
    signIn: (name) => signIn(origin, name),
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await provider[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function signIn(origin: string, name: string): Promise<SignedIn> {
  using visitor = new Visitor();
  const asked = await beginSignIn(visitor, origin);
  const back = await visitor.passProvider(asked, name, (url) => url.pathname === callbackPath);
  await visitor.go(back);
  const again = await beginSignIn(visitor, origin);
  return {
    cookies: visitor.cookies(new URL(origin).host),
    state: again.searchParams.get("state") ?? "",
  };
}
