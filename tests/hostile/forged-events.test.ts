import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { brokenFrames } from "../../packages/strongroom/src/cli/attack/forgeries.ts";
import { dice } from "../chaos/dice.ts";
import { serve } from "../running/app-server.ts";
import { residentBytes, sleep } from "../running/processes.ts";
import { connectRaw, openRaw, type RawSession } from "../running/raw-session.ts";
import { forgedEvent, forgedQueries } from "./forged-events.ts";

const app = fileURLToPath(new URL("every-widget", import.meta.url));
const seed = 20_261_124;
const events = 100_000;
const batch = 500;

test(
  `refuses ${events} forged events before any of the author's code (seed ${seed})`,
  { timeout: 240_000 },
  async () => {
    await using server = await serve(app, { config: "[runner]\nworkers = 1\n" });
    const throws = dice(seed);
    const session = await openRaw(server.url);
    await session.send({ values: { "toggle:Toggle": true } });
    await forge(session, 5_000);
    const before = residentBytes(server.pid);
    await forge(session, events);
    await sleep(1_500);
    const grownMb = (residentBytes(server.pid) - before) / 2 ** 20;
    await session.send({ values: { "checkbox:Checkbox": true } });
    // The callbacks of the two honest answers, and of no other.
    expect(session.last).toContain("Seen: toggle, checkbox.");
    expect(grownMb).toBeLessThan(40);

    async function forge(by: RawSession, count: number): Promise<void> {
      const begun = by.refused;
      for (let sent = 0; sent < count; sent += batch) {
        for (let index = 0; index < batch; index++) by.forge(forgedEvent(throws));
        while (by.refused < begun + sent + batch) await sleep(2);
      }
      expect(by.refused).toBe(begun + count);
    }
  },
);

test("closes the socket of whoever breaks the protocol, and nobody else notices", async () => {
  await using server = await serve(app, { config: "[runner]\nworkers = 1\n" });
  const bystander = await openRaw(server.url);
  for (const frame of brokenFrames) {
    const { socket } = await connectRaw(server.url);
    const closed = new Promise<number>((resolve) => socket.once("close", resolve));
    socket.send(frame);
    expect([1002, 1003, 1007, 1008, 1009]).toContain(await closed);
  }
  await bystander.send({ values: { "checkbox:Checkbox": true } });
  expect(bystander.last).toContain("Seen: checkbox.");
});

test("no URL says what a bound widget's declaration does not admit", async () => {
  await using server = await serve(app, { config: "[runner]\nworkers = 1\n" });
  const session = await openRaw(server.url);
  for (const query of forgedQueries) {
    const page = await (await fetch(`${server.url}?${query}`)).text();
    expect(page).toContain("Bound: , a.");
    // The viewer who goes there with an open page finds what was there by itself.
    await session.send({ query });
    expect(session.last).not.toContain("exception");
  }
  await session.send({ query: "bound=b&name=Ann" });
  expect(session.last).toContain("Bound: Ann, b.");
});
