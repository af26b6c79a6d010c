/** The server attacks itself over its own port before it says that it is ready: what lets it in would let in others. */
import { GatewayError } from "../errors.ts";
import { missingHeaders } from "./must-have-headers.ts";
import { attempts, freshTicket, upgrade, Writer, type Attempt, type Target } from "./attempts.ts";
import { ask, askInTurn, askOnSocket, type Heard, type OnPort, type Place } from "./raw-client.ts";

export interface AttackedPlace extends Place {
  /** Whoever has no certificate is refused before a request can be sent. */
  readonly asksForCertificates: boolean;
  /** Hears of each port that an attempt comes from, so that it is not counted as somebody's. */
  readonly onPort: OnPort;
}

/** Throws with the names of all attempts that got in. */
export async function attackSelf(place: AttackedPlace, targets: readonly Target[]): Promise<number> {
  const writer = new Writer(place);
  const all = attempts(writer, targets);
  const [plain, alone] = [all.filter(keepsConnection), all.filter((one) => !keepsConnection(one))];
  const tickets = await ticketsFor(place, writer, alone.length + 1);
  const event = forgedEvent(place, writer, tickets.pop() ?? noTicket);
  const holes = await Promise.all([
    triedInTurn(place, plain),
    ...alone.map((attempt) => tried(place, withTicket(attempt, tickets.pop() ?? noTicket))),
    event,
  ]);
  const told = holes.flat().map((hole) => `  ${hole}`);
  if (told.length > 0)
    throw new GatewayError(
      "ERR_SELF_ATTACK",
      `The server was stopped: it attacked itself, as it does at each start, and was let in.\n${told.join("\n")}\nThis is a fault of Strongroom or of something that changes its answers on this machine. Please report it.`,
    );
  return all.length + 1;
}

const noTicket = "none";

/** What makes the server doubt how a request is read, or is to become a socket, ends its connection. */
function keepsConnection({ request, expected }: Attempt): boolean {
  return !request.includes("Upgrade: ") && !expected.some((status) => status === 400 || status === 413);
}

function withTicket(attempt: Attempt, ticket: string): Attempt {
  return { ...attempt, request: attempt.request.replace(freshTicket, ticket) };
}

async function triedInTurn(place: AttackedPlace, all: readonly Attempt[]): Promise<readonly string[]> {
  const requests = all.map(({ request }) => keptOpen(request));
  const heard = await askInTurn(place, requests, place.onPort);
  // Who was let in may have ended the connection: what came behind is asked alone.
  const judged = all.map(async (attempt, at) => {
    const one = heard[at];
    return one === undefined ? tried(place, attempt) : holesIn(place, attempt, one);
  });
  return (await Promise.all(judged)).flat();
}

function keptOpen(request: string): string {
  return request.replace("Connection: close\r\n", "");
}

async function tried(place: AttackedPlace, attempt: Attempt): Promise<readonly string[]> {
  return holesIn(place, attempt, await ask(place, attempt.request, place.onPort));
}

function holesIn(
  { asksForCertificates, secure }: AttackedPlace,
  { name, expected }: Attempt,
  heard: Heard | undefined,
): readonly string[] {
  if (asksForCertificates)
    return heard?.status === 0 ? [] : [`${name}: no answer was expected without a certificate.`];
  const wanted = expected.join(" or ");
  if (heard === undefined) return [`${name}: ${wanted} was expected, and no answer came.`];
  if (!expected.includes(heard.status))
    return [`${name}: ${wanted} was expected, and the answer was ${heard.status}.`];
  return missingHeaders(heard.headers, secure).map((header) => `${name}: the answer lacks ${header}.`);
}

/** A viewer who is nobody yet opens a socket, as anybody may, and speaks before a session is theirs. */
async function forgedEvent(place: AttackedPlace, writer: Writer, ticket: string): Promise<readonly string[]> {
  const line = `GET /_strongroom/socket?ticket=${ticket}`;
  const opening = writer.write(line, { ...writer.own, ...upgrade() });
  const event = JSON.stringify({ t: "event", n: 1, tree: 1, id: "forged", value: true });
  const heard = await askOnSocket(place, Buffer.concat([Buffer.from(opening), frameOf(event)]), place.onPort);
  return heard !== undefined && (heard.status !== 101 || isRefusal(heard))
    ? []
    : ["an event without a session: the socket was expected to be closed, and was not."];
}

/** Tickets as any page gets them; none where only who has signed in gets one. */
async function ticketsFor(place: AttackedPlace, writer: Writer, count: number): Promise<string[]> {
  const request = writer.write("POST /_strongroom/ticket", { ...writer.own, "Content-Length": "0" });
  const requests = Array.from({ length: count }, () => keptOpen(request));
  const given = await askInTurn(place, requests, place.onPort);
  return given.flatMap(({ body }) => /"ticket":"([\w-]{43})"/.exec(String(body))?.[1] ?? []);
}

/** A close frame (RFC 6455, 5.5.1) with the code for who breaks the rules. */
function isRefusal({ body }: Heard): boolean {
  return body[0] === 0x88 && body.readUInt16BE(2) === 1008;
}

/** A short text frame of a client; its mask is all zeros (RFC 6455, 5.2). */
function frameOf(text: string): Buffer {
  const payload = Buffer.from(text);
  return Buffer.concat([Buffer.from([0x81, 0x80 | payload.length, 0, 0, 0, 0]), payload]);
}
