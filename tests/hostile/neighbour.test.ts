import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { serve } from "../running/app-server.ts";
import { openRaw, type RawSession } from "../running/raw-session.ts";

const app = fileURLToPath(new URL("neighbour", import.meta.url));
/** An endless loop is ended after the first limit; who eats must not meet that one before the second. */
const configFor = (maxBlockSeconds: number): string =>
  `[runner]\nworkers = 1\nmaxBlockSeconds = ${maxBlockSeconds}\nmaxMemoryMb = 400\n`;

const cases = [
  { button: "Loop for ever", code: "stopped-blocked", place: "app.ts:6", limit: 2 },
  { button: "Eat memory", code: "stopped-memory", place: "app.ts:10", limit: 45 },
  { button: "Eat heap", code: "stopped-memory", place: "app.ts:14", limit: 45 },
];

test.each(cases)(
  "$button: the neighbour goes on, the offender reads what happened and where",
  async ({ button, code, place, limit }) => {
    await using server = await serve(app, { config: configFor(limit) });
    const offender = await openRaw(server.url);
    const neighbour = await openRaw(server.url);
    await offender.slide(17);
    await neighbour.slide(1);
    const told = offender.heard((message) => message.t === "notice");
    offender.forge({ trigger: { id: `button:${button}` } });
    // The neighbour asks all the while; each question is answered once, by one worker or another.
    for (let step = 2; step < 60; step++) {
      await neighbour.slide(step);
      expect(neighbour.last).toContain(`"value":${step}}`);
    }
    const notice = await told;
    expect(notice.code).toBe(code);
    expect(notice.detail).toContain(place);
    await stillAnswers(offender);
  },
);

/** The offender's own session is there again, with the answers it had committed, and without the click. */
async function stillAnswers(session: RawSession): Promise<void> {
  await session.slide(18);
  expect(session.last).toContain('"value":18}');
}
