import { limits } from "../../wire/limits.ts";
import type { EventMessage, ResumeMessage, UpMessage } from "../../wire/messages.ts";
import { goneWhy } from "../sessions/page-guard.ts";
import type { Session } from "../sessions/session.ts";
import { closeCodes, type Connection } from "./connection.ts";
import type { SocketServices } from "./sockets.ts";

interface Said<M> {
  readonly connection: Connection;
  readonly message: M;
  readonly text: string;
}

/** What must be true before a message is heard. */
interface SocketPolicy<When> {
  /** `unclaimed`: the socket has no session yet; `claimed`: it has taken up a session of its own viewer. */
  readonly when: When;
  /** What it takes from the viewer's allowance of events. */
  readonly cost: (text: string) => number;
}

interface UnclaimedOperation<M> extends SocketPolicy<"unclaimed"> {
  readonly take: (services: SocketServices, said: Said<M>) => void;
  readonly tooFast: (said: Said<M>) => void;
}

/** Only this kind is ever given a session. */
interface ClaimedOperation<M> extends SocketPolicy<"claimed"> {
  readonly take: (session: Session, said: Said<M>) => void;
  readonly tooFast: (session: Session, said: Said<M>) => void;
}

type OperationFor<M> = UnclaimedOperation<M> | ClaimedOperation<M>;
type Table = { readonly [K in UpMessage["t"]]: OperationFor<Extract<UpMessage, { t: K }>> };

const charsPerUnit = 16_384;
const bySize = (text: string): number => 1 + Math.floor(text.length / charsPerUnit);
/** So many events in a row that come too fast are no viewer's. */
const maxExcess = 500;

/** All that can be said on a socket. A kind of message without a line here does not compile. */
export const socketOperations = {
  resume: {
    when: "unclaimed",
    cost: () => 1,
    take: (services, said) => void resume(services, said),
    tooFast: ({ connection }) => connection.close(closeCodes.tryLater),
  },
  event: {
    when: "claimed",
    cost: bySize,
    take: takeEvent,
    tooFast: refuseEvent,
  },
  stop: {
    when: "claimed",
    cost: () => 1,
    take: (session) => session.home.stop(),
    tooFast: () => undefined,
  },
} as const satisfies Table;

/** Hears a message: once its policy is met, and only then. */
export function hear(services: SocketServices, said: Said<UpMessage>): void {
  const { message } = said;
  switch (message.t) {
    case "resume":
      return applyUnclaimed(services, socketOperations.resume, { ...said, message });
    case "event":
      return applyClaimed(services, socketOperations.event, { ...said, message });
    case "stop":
      return applyClaimed(services, socketOperations.stop, { ...said, message });
  }
}

function applyUnclaimed<M>(
  services: SocketServices,
  { cost, take, tooFast }: UnclaimedOperation<M>,
  said: Said<M>,
): void {
  const { connection, text } = said;
  if (connection.session !== undefined) return connection.refuse("A session is taken up already.");
  if (services.viewers.mayAct(connection.viewer, cost(text))) take(services, said);
  else tooFast(said);
}

function applyClaimed<M>(
  services: SocketServices,
  { cost, take, tooFast }: ClaimedOperation<M>,
  said: Said<M>,
): void {
  const { connection, text } = said;
  const { session } = connection;
  if (session === undefined) return connection.refuse("A session was expected to be taken up first.");
  // The browser keeps what is not taken now, and says it again to whoever comes up next.
  if (services.isDraining()) return;
  if (services.viewers.mayAct(connection.viewer, cost(text))) {
    connection.excess = 0;
    return take(session, said);
  }
  tooFast(session, said);
  if (++connection.excess > maxExcess) connection.refuse("Events came too fast for long.");
}

function takeEvent(session: Session, { connection, message, text }: Said<EventMessage>): void {
  if (!session.guard.holds()) return;
  // As for a page that does not exist: nobody learns what there is for others.
  if (message.page !== undefined && !session.guard.judge(message.page).ok)
    return session.refuse(message.n, "unknown-page");
  if (session.event(message, text) === "impossible") connection.refuse("An event's number was impossible.");
}

function refuseEvent(session: Session, { message }: Said<EventMessage>): void {
  session.refuse(message.n, "too-fast");
}

async function resume(services: SocketServices, { connection, message }: Said<ResumeMessage>): Promise<void> {
  if (message.protocol !== limits.protocol) return connection.leave("protocol");
  connection.hold();
  const session = await services.sessions.find(message.session, connection.viewer);
  if (connection.isOver) return;
  if (session === undefined) return connection.leave("expired");
  if (services.sessions.isRefreshed(session)) return connection.goAway();
  const judged = session.guard.judge();
  if (!judged.ok) {
    connection.leave(goneWhy(judged));
    return session.guard.bar(judged);
  }
  connection.session = session;
  if (!session.attach(connection, message.tree, message.whole))
    return connection.refuse("A tree's number was impossible.");
  if (services.editing && services.problem() !== undefined) {
    session.tab.say({ t: "problem", text: services.problem() ?? null });
  }
  connection.release();
}
