import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tryCheck, tryConfig, trySource, tryUnit } from "./attempts/by-ourselves.ts";
import { neighbourOn, tryBytes, tryFrames, type Neighbour } from "./attempts/on-socket.ts";
import { tryHttp } from "./attempts/over-http.ts";
import { areUnharmed, roleIsGone, signInPeople, type People } from "./attempts/people.ts";
import { canary, Target, type OpenPage } from "./attempts/target.ts";
import { clientSecret } from "../identity/provider.ts";
import type { Attempt } from "./register/entry.ts";
import { register } from "./register/register.ts";

const starts: readonly (readonly [name: string, args: readonly string[]])[] = [
  ["development", []],
  ["production", ["--production", "--tls"]],
];
interface Attacked {
  readonly people: People;
  readonly target: Target;
  readonly page: OpenPage;
  readonly neighbour: Neighbour;
}
const targets: Attacked[] = [];

beforeAll(async () => {
  const started = await Promise.all(starts.map((start) => Target.start(...start)));
  for (const target of started) {
    const page = await target.openPage();
    const people = await signInPeople(target);
    targets.push({ target, page, people, neighbour: await neighbourOn(target, page) });
  }
}, 90_000);

afterAll(async () => {
  for (const { target, neighbour, people } of targets) {
    neighbour.close();
    for (const { close } of [people.alice, people.mallory, people.eve]) close();
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

  test.for([0, 1])("server %i leads to its provider: sign-in is attacked where there is one", async (at) => {
    const { target, page } = targets[at] ?? {};
    if (target === undefined || page === undefined) throw new Error("Two servers were expected.");
    const own = `Cookie: ${page.cookie}\r\nOrigin: ${target.origin}\r\nSec-Fetch-Site: same-origin\r\n`;
    const line = `POST /_strongroom/login?ticket=${await target.ticket(page)} HTTP/1.1`;
    const heard = await target.send(`${line}\r\nHost: ${target.host}\r\nConnection: close\r\n${own}\r\n`);
    expect(heard?.body.toString()).toContain(`"to":"${target.provider.issuer}/auth?`);
  });

  test("both servers stand as before, their neighbours noticed nothing, and no secret was printed", async () => {
    for (const { target, neighbour, people } of targets) {
      expect(await neighbour.answers()).toBe(true);
      expect(await areUnharmed(target, people)).toBe(true);
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
      return onBoth(async ({ target, page, people }) => {
        if (attempt.asks.some(({ as }) => as === "demoted")) await roleIsGone(target, people);
        return tryHttp(target, { page, people }, attempt.asks);
      });
    case "frames":
      return onBoth(({ target, people }) =>
        tryFrames(target, attempt.frames, attempt.as === "signed-in" ? people : undefined),
      );
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
