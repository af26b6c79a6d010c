import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tryCheck, tryConfig, trySource, tryUnit } from "./attempts/by-ourselves.ts";
import { neighbourOn, tryBytes, tryFrames, type Neighbour } from "./attempts/on-socket.ts";
import { tryHttp } from "./attempts/over-http.ts";
import { canary, Target, type OpenPage } from "./attempts/target.ts";
import { clientSecret } from "../identity/provider.ts";
import type { Attempt } from "./register/entry.ts";
import { register } from "./register/register.ts";

const starts: readonly (readonly [name: string, args: readonly string[], hasSignIn: boolean])[] = [
  ["development", [], false],
  ["production", ["--production", "--tls"], true],
];
interface Attacked {
  readonly target: Target;
  readonly page: OpenPage;
  readonly neighbour: Neighbour;
}
const targets: Attacked[] = [];

beforeAll(async () => {
  const started = await Promise.all(starts.map((start) => Target.start(...start)));
  for (const target of started) {
    const page = await target.openPage();
    targets.push({ target, page, neighbour: await neighbourOn(target, page) });
  }
}, 90_000);

afterAll(async () => {
  for (const { target, neighbour } of targets) {
    neighbour.close();
    await target[Symbol.asyncDispose]();
  }
});

const entries = Object.values(register).flat();
const tried = entries.filter(({ attempts = [] }) => attempts.length > 0);

describe("the register", () => {
  test.for(tried.map((entry) => [entry.id, entry.title, entry] as const))(
    "%s: %s",
    async ([, , { attempts = [] }]) => {
      const wrong: string[] = [];
      for (const attempt of attempts) wrong.push(...(await tryOne(attempt)));
      expect(wrong).toEqual([]);
    },
  );

  test("the server in production leads to its provider: sign-in is attacked where there is one", async () => {
    const { target, page } = targets.find((one) => one.target.provider !== undefined) ?? {};
    if (target === undefined || page === undefined) throw new Error("No server has a provider.");
    const own = `Cookie: ${page.cookie}\r\nOrigin: ${target.origin}\r\nSec-Fetch-Site: same-origin\r\n`;
    const line = `POST /_strongroom/login?ticket=${await target.ticket(page)} HTTP/1.1`;
    const heard = await target.send(`${line}\r\nHost: ${target.host}\r\nConnection: close\r\n${own}\r\n`);
    expect(heard?.body.toString()).toContain(`"to":"${target.provider?.issuer}/auth?`);
  });

  test("both servers stand as before, their neighbours noticed nothing, and no secret was printed", async () => {
    for (const { target, neighbour } of targets) {
      expect(await neighbour.answers()).toBe(true);
      expect(target.program.child.exitCode).toBe(null);
      const heard = await target.send(
        `GET /healthz HTTP/1.1\r\nHost: ${target.host}\r\nConnection: close\r\n\r\n`,
      );
      expect(heard?.status).toBe(200);
      expect(target.printed.join("")).not.toContain(canary);
      expect(target.printed.join("")).not.toContain(clientSecret);
    }
  });
});

async function tryOne(attempt: Attempt): Promise<readonly string[]> {
  switch (attempt.kind) {
    case "http":
      return onBoth(({ target, page }) => tryHttp(target, page, attempt.asks));
    case "frames":
      return onBoth(({ target }) => tryFrames(target, attempt.frames));
    case "bytes":
      return onBoth(({ target }) => tryBytes(target, attempt.bytes));
    case "unit":
      return tryUnit(attempt);
    case "config":
      return tryConfig(attempt);
    case "check":
      return tryCheck(attempt);
    case "source":
      return trySource(attempt);
  }
}

async function onBoth(act: (one: Attacked) => Promise<readonly string[]>): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const one of targets) wrong.push(...(await act(one)).map((fault) => `${one.target.name}: ${fault}`));
  return wrong;
}
