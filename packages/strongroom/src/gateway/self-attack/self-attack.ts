/** The server attacks itself over its own port before it says that it is ready: what lets it in would let in others. */
import { GatewayError } from "../errors.ts";
import { missingHeaders } from "./must-have-headers.ts";
import { attempts, freshTicket, upgrade, Writer, type Attempt, type Target } from "./attempts.ts";
import { ask, type Heard, type Place } from "./raw-client.ts";

export interface AttackedPlace extends Place {
  /** Whoever has no certificate is refused before a request can be sent. */
  readonly asksForCertificates: boolean;
  /** Hears of each port that an attempt comes from, so that it is not counted as somebody's. */
  readonly onPort: (port: number) => void;
}

/** Throws with the names of all attempts that got in. */
export async function attackSelf(place: AttackedPlace, targets: readonly Target[]): Promise<number> {
  const writer = new Writer(place);
  const ticket = (): Promise<string> => ticketFor(place, writer);
  const all = attempts(writer, targets);
  const holes = (
    await Promise.all([...all.map((attempt) => tried(place, attempt, ticket)), forgedEvent(place, writer)])
  ).flat();
  if (holes.length > 0)
    throw new GatewayError(
      "ERR_SELF_ATTACK",
      `The server was stopped: it attacked itself, as it does at each start, and was let in.\n${holes.map((hole) => `  ${hole}`).join("\n")}\nThis is a fault of Strongroom or of something that changes its answers on this machine. Please report it.`,
    );
  return all.length + 1;
}

async function tried(
  place: AttackedPlace,
  { name, request, expected }: Attempt,
  ticket: () => Promise<string>,
): Promise<readonly string[]> {
  const sent = request.includes(freshTicket) ? request.replace(freshTicket, await ticket()) : request;
  const heard = await ask(place, sent, place.onPort);
  if (place.asksForCertificates)
    return heard?.status === 0 ? [] : [`${name}: no answer was expected without a certificate.`];
  const wanted = expected.join(" or ");
  if (heard === undefined) return [`${name}: ${wanted} was expected, and no answer came.`];
  const isExpected = expected.includes(heard.status);
  return [
    ...(isExpected ? [] : [`${name}: ${wanted} was expected, and the answer was ${heard.status}.`]),
    ...missingHeaders(heard.headers, place.secure).map((header) => `${name}: the answer lacks ${header}.`),
  ];
}

/** A viewer who is nobody yet opens a socket, as anybody may, and speaks before a session is theirs. */
async function forgedEvent(place: AttackedPlace, writer: Writer): Promise<readonly string[]> {
  const line = `GET /_strongroom/socket?ticket=${await ticketFor(place, writer)}`;
  const opening = writer.write(line, { ...writer.own, ...upgrade() });
  const event = JSON.stringify({ t: "event", n: 1, tree: 1, id: "forged", value: true });
  const heard = await ask(place, Buffer.concat([Buffer.from(opening), frameOf(event)]), place.onPort);
  return heard !== undefined && (heard.status !== 101 || isRefusal(heard))
    ? []
    : ["an event without a session: the socket was expected to be closed, and was not."];
}

/** A ticket as any page gets it; where only who has signed in gets one, a text that is none. */
async function ticketFor(place: AttackedPlace, writer: Writer): Promise<string> {
  const request = writer.write("POST /_strongroom/ticket", { ...writer.own, "Content-Length": "0" });
  const given = await ask(place, request, place.onPort);
  return /"ticket":"([\w-]{43})"/.exec(String(given?.body))?.[1] ?? "none";
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
