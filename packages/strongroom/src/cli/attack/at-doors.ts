import { brokenFrames } from "./forgeries.ts";
import { attempts, freshTicket, Writer, type Target } from "../../gateway/self-attack/attempts.ts";
import { missingHeaders } from "../../gateway/self-attack/must-have-headers.ts";
import { ask, type Place } from "../../gateway/self-attack/raw-client.ts";
import { newToken } from "../../gateway/tokens.ts";
import { AttackedSession } from "./session.ts";
import type { Tally } from "./tally.ts";
import type { Page, Victim } from "./victim.ts";

/** The ways in that change something, as they are meant; told here, so that a looser table is noticed. */
const acting = {
  host: "ours",
  site: "action",
  origin: "exact",
  maxBodyBytes: 0,
  who: "viewer",
  access: "app",
} as const;
const targets: readonly Target[] = [
  { name: "socket", path: "/_strongroom/socket", policy: { ...acting, methods: ["GET"] } },
  { name: "ticket", path: "/_strongroom/ticket", policy: { ...acting, methods: ["POST"] } },
];

/** Requests that must not get in: another origin, another host, no cookie, paths upwards. */
export async function attackRequests(victim: Victim, tally: Tally): Promise<void> {
  const { hostname, port, protocol } = victim.url;
  const secure = protocol === "https:";
  const place: Place = {
    host: hostname.replaceAll(/[[\]]/g, ""),
    port: Number(port) || (secure ? 443 : 80),
    secure,
    base: victim.base,
  };
  const writer = new Writer(place);
  for (const { name, request, expected } of attempts(writer, targets)) {
    const ticket = request.includes(freshTicket) ? await victim.ticket(writer.cookie) : "";
    const heard = await ask(place, request.replace(freshTicket, ticket), () => undefined);
    const isRefused = heard !== undefined && (heard.status === 429 || expected.includes(heard.status));
    tally.note("requests", `${name} (answer ${heard?.status ?? "none"})`, isRefused);
    const lacks = heard === undefined ? [] : missingHeaders(heard.headers, secure);
    tally.note("headers", `${name}: without ${lacks.join(", ")}`, lacks.length === 0);
  }
}

/** Sockets that must not open, and what others may not do with what is ours. */
export async function attackSockets(victim: Victim, page: Page, tally: Tally): Promise<void> {
  const { cookie } = page;
  const other = await victim.page();
  const open = async (how: string, ticket: string, by = cookie): Promise<void> => {
    const socket = await victim.socket({ cookie: by, ticket });
    if (typeof socket !== "number") socket.terminate();
    tally.note("tickets", how, typeof socket === "number");
  };
  await open("none", "");
  await open("a forged one", newToken());
  await open("another viewer's", await victim.ticket(other.cookie));
  const once = await victim.ticket(cookie);
  const socket = await victim.socket({ cookie, ticket: once });
  if (typeof socket !== "number") socket.terminate();
  await open("one that was used", once);

  const thief = await sessionOf(victim, other, other.cookie);
  tally.note("sessions", "another viewer's session", thief === undefined || !(await thief.resume(page)));
  await thief?.close();
  const forger = await sessionOf(victim, page, cookie);
  const forged = { ...page, boot: { ...page.boot, session: newToken() } };
  tally.note("sessions", "a forged session", forger === undefined || !(await forger.resume(forged)));
  await forger?.close();

  for (const handle of [newToken(), ...handlesIn(page)]) {
    const { status } = await victim.ask(`${victim.base}/_strongroom/bytes/${handle}`, {
      cookie: other.cookie,
    });
    tally.note("handles", "a handle that is not this viewer's", status === 404 || status === 403);
  }
}

/** Frames that break the protocol: whoever sends one is cut off, before a session is theirs and afterwards. */
export async function attackFrames(victim: Victim, page: Page, tally: Tally): Promise<void> {
  const frames = [
    ...brokenFrames,
    Buffer.from('{"t":"event","n":1,"tree":1}'),
    '{"t":"event","n":1,"tree":1}',
  ];
  for (const frame of frames) {
    const session = await sessionOf(victim, page, page.cookie);
    const how = typeof frame === "string" ? shown(frame) : "a binary frame";
    if (session === undefined) tally.note("frames", `${how} (no socket opened)`, false);
    else tally.noteOutcome("frames", how, await session.send(frame));
    await session?.close();
  }
}

async function sessionOf(victim: Victim, page: Page, cookie: string): Promise<AttackedSession | undefined> {
  const socket = await victim.socket({ cookie, ticket: await victim.ticket(cookie) });
  return typeof socket === "number" ? undefined : new AttackedSession(socket, page);
}

/** Names of bytes that the page shows. */
function handlesIn({ boot }: Page): readonly string[] {
  const found = JSON.stringify(boot.messages).matchAll(/(?<![\w-])[A-Za-z0-9_-]{43}(?![\w-])/g);
  return [...new Set(Array.from(found, ([handle]) => handle))].slice(0, 20);
}

function shown(frame: string): string {
  return frame.length > 70 ? `${frame.slice(0, 69)}…` : frame === "" ? "an empty frame" : frame;
}
