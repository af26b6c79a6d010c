import { once } from "node:events";
import { request } from "node:https";
import type { IncomingMessage } from "node:http";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { AttackedSession } from "../../packages/strongroom/src/cli/attack/session.ts";
import { Victim } from "../../packages/strongroom/src/cli/attack/victim.ts";
import { serve } from "../running/app-server.ts";
import { freePort, proxyNames, startProxy } from "./proxies.ts";

const app = fileURLToPath(new URL("../hostile/every-widget", import.meta.url));

test.each(proxyNames)(
  "behind %s: pages, sockets, cookies and addresses are as they are without",
  { timeout: 120_000 },
  async (name) => {
    const port = await freePort();
    const origin = `https://localhost:${port}`;
    const config = `[server]\nallowedOrigins = ["${origin}"]\ntrustedProxies = ["127.0.0.1"]\n`;
    await using server = await serve(app, { config });
    await using _ = await startProxy({ name, port, app: server.url.slice(0, -1) });
    const victim = new Victim(new URL(`${origin}/`));

    const { headers } = await victim.ask("/");
    expect(headers["strict-transport-security"]).toMatch(/^max-age=\d{8,}/);
    expect(headers["set-cookie"]?.[0]).toMatch(/^__Host-.*; Secure/);

    const page = await victim.page();
    const socket = await victim.socket({ cookie: page.cookie, ticket: page.boot.ticket });
    if (typeof socket === "number") throw new Error(`The socket was answered with ${socket}.`);
    const session = new AttackedSession(socket, page);
    expect(await session.resume(page)).toBe(true);
    await session.settled();
    expect(await session.forge({ values: { "checkbox:Checkbox": true } })).toBe("taken");
    expect(await session.forge({ values: { "checkbox:Checkbox": 1 } })).toBe("refused");
    await session.close();
    expect(
      await victim.socket({
        ...page,
        ticket: await victim.ticket(page.cookie),
        origin: server.url.slice(0, -1),
      }),
    ).toBe(403);

    // The proxy connects from 127.0.0.1; who asks is whom it heard, whatever they say of themselves.
    const refused = server.line(/refused.* from=127\.0\.0\.3/);
    await refusedFrom("127.0.0.3", origin);
    expect((await refused)[0]).not.toContain("198.51.100.7");
  },
);

/** A request from another address of this machine, which is refused and so stands in the log. */
async function refusedFrom(localAddress: string, origin: string): Promise<void> {
  const headers = {
    origin: "https://attacker.example",
    "x-forwarded-for": "198.51.100.7",
    "content-length": "0",
  };
  const options = { method: "POST", localAddress, headers, rejectUnauthorized: false, family: 4 };
  const asking = request(`${origin}/_strongroom/ticket`, options).end();
  const [answer] = (await once(asking, "response")) as [IncomingMessage];
  answer.resume();
  expect(answer.statusCode).toBe(403);
}
