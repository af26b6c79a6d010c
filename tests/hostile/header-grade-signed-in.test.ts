import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openToAll, type AccessSettings } from "../../packages/strongroom/src/gateway/access/access.ts";
import { newToken } from "../../packages/strongroom/src/gateway/tokens.ts";
import { GatewayUnderTest, type Page } from "../gateway/gateway-under-test.ts";
import { AppWithSignIn } from "../identity/app-with-sign-in.ts";
import { logoutToken } from "../identity/logout-token.ts";
import { grade } from "./header-grade.ts";

const host = "app.example.com";
const allowedOrigins = [`https://${host}`];

function expectBestGrade({ headers, body }: Pick<Page, "headers" | "body">): void {
  const { score, parts } = grade({ headers, html: body, secure: true });
  expect(score, JSON.stringify(parts)).toBeGreaterThanOrEqual(150);
}

test("bytes of a page and a file of the app have the best grade for their headers", async () => {
  const staticFolder = mkdtempSync(join(tmpdir(), "strongroom-grade-"));
  writeFileSync(join(staticFolder, "x.txt"), "fine");
  try {
    await using under = await GatewayUnderTest.start({ allowedOrigins, staticFolder });
    const { cookie } = await under.fetch("/", { headers: { host } });
    const handle = newToken();
    under.pool.last.listener.bytes({ handle, mime: "image/png", bytes: Buffer.from("a picture") });
    const headers = { host, cookie };
    const answers = [
      await under.fetch(`/_strongroom/bytes/${handle}`, { headers }),
      await under.fetch("/app/static/x.txt", { headers }),
    ];
    expect(answers.map(({ status, body }) => [status, body])).toEqual([
      [200, "a picture"],
      [200, "fine"],
    ]);
    for (const answer of answers) expectBestGrade(answer);
  } finally {
    rmSync(staticFolder, { recursive: true });
  }
});

/** An app that is reached by a name over TLS, as behind a proxy. */
function startBehindProxy(access: AccessSettings): Promise<AppWithSignIn> {
  const redirectUri = `https://${host}/oauth2callback`;
  return AppWithSignIn.start({
    provider: { redirectUri },
    section: { redirect_uri: redirectUri },
    gateway: { allowedOrigins, access },
  });
}

/** Signs alice in; answers what the callback was answered. */
async function signIn(app: AppWithSignIn): Promise<Page> {
  const { under } = app;
  const first = await under.fetch("/", { headers: { host } });
  const ticket = /ticket=([\w-]{43})/.exec(first.body)?.[1] ?? "";
  const acting = { host, origin: `https://${host}`, "sec-fetch-site": "same-origin", cookie: first.cookie };
  const begun = await under.fetch(`/_strongroom/login?ticket=${ticket}`, { method: "POST", headers: acting });
  const { to } = JSON.parse(begun.body) as { to: string };
  const isCallback = (url: URL): boolean => url.host === host;
  const back = await app.visitor().passProvider(to, "alice", isCallback);
  const headers = { host, cookie: `${first.cookie}; ${begun.cookie}` };
  return under.fetch(`${back.pathname}${back.search}`, { headers });
}

test("what leads on after a sign-in, whom it does not let in, and a provider's logout have the best grade", async () => {
  await using app = await startBehindProxy({ ...openToAll, allow: ["group:staff"] });
  const signedIn = await signIn(app);
  const body = new URLSearchParams({ logout_token: logoutToken(app) }).toString();
  const answers = [
    signedIn,
    await app.under.fetch("/", { headers: { host, cookie: signedIn.cookie } }),
    await app.under.fetch("/_strongroom/backchannel-logout", { method: "POST", headers: { host }, body }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([303, 403, 200]);
  for (const answer of answers) expectBestGrade(answer);
});
