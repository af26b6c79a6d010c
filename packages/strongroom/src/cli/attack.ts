import { isLoopback } from "../config/access.ts";
import { readArguments, UsageError } from "./arguments.ts";
import { attackFrames, attackRequests, attackSockets } from "./attack/at-doors.ts";
import { attackWidgets } from "./attack/at-widgets.ts";
import { AttackedSession } from "./attack/session.ts";
import { Tally, tallyText } from "./attack/tally.ts";
import { readSecretValue } from "./secret-value.ts";
import { Victim } from "./attack/victim.ts";

/** Attacks a running app on this machine: 0 where nothing got through, 1 where something did, 2 where it could not begin. */
export async function attack(args: readonly string[]): Promise<number> {
  const given = readArguments(args, { words: 1, switches: ["cookie", "json"] });
  const victim = new Victim(urlOf(given.words[0]));
  const known = given.switches.has("cookie") ? await readSecretValue("the cookie") : undefined;
  const page = await victim.page(known);
  const tally = new Tally();
  await attackWidgets(() => nextSession(victim, known), tally);
  await attackRequests(victim, tally);
  await attackSockets(victim, page, tally);
  await attackFrames(victim, page, tally);
  const { lines } = tally;
  if (given.switches.has("json")) console.log(JSON.stringify({ url: victim.url.href, lines }, undefined, 2));
  else console.log(tallyText(lines, victim.url.href));
  return lines.some(({ through }) => through.length > 0) ? 1 : 0;
}

/** Only an app of one's own: what this machine alone reaches. */
function urlOf(word: string | undefined): URL {
  const url = word !== undefined && URL.canParse(word) ? new URL(word) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw new UsageError("The address of a running app was expected, such as http://127.0.0.1:8501/.");
  if (!isLoopback(url.hostname))
    throw new UsageError(
      "Only an app on this machine is attacked (127.0.0.1, localhost): others are not yours to attack from here.",
    );
  return url;
}

async function nextSession(victim: Victim, known: string | undefined): Promise<AttackedSession> {
  const page = await victim.page(known);
  const socket = await victim.socket({ cookie: page.cookie, ticket: page.boot.ticket });
  if (typeof socket === "number")
    throw new UsageError(
      `The page's socket did not open (status ${socket}): nothing can be said to the app.`,
    );
  const session = new AttackedSession(socket, page);
  if (!(await session.resume(page)))
    throw new UsageError("The page's session was not given to its own viewer.");
  await session.settled();
  return session;
}
