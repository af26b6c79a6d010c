import { WebSocketServer } from "ws";
import { textAnswer, type Answer } from "../http/answer.ts";
import type { AskedByViewer, Upgrade } from "../operation.ts";
import type { RefusalLog } from "../refusal-log.ts";
import type { Sessions } from "../sessions/sessions.ts";
import type { GoneWhy } from "../sessions/tab.ts";
import type { Tickets } from "../tickets.ts";
import type { Viewers } from "../viewers.ts";
import { Connection, type ConnectionPorts } from "./connection.ts";
import { hear } from "./socket-operations.ts";

/** What the operations on sockets use. */
export interface SocketServices {
  readonly sessions: Sessions;
  readonly viewers: Viewers;
  readonly editing: boolean;
  readonly isDraining: () => boolean;
  readonly refusals: RefusalLog;
  /** Why the newest save does not compile. */
  readonly problem: () => string | undefined;
}

export interface SocketsOptions extends SocketServices {
  /** A viewer has done something. */
  readonly touch: (viewer: string) => void;
  readonly tickets: Tickets;
  readonly now: () => number;
  readonly maxMessageBytes: number;
  readonly maxBufferedBytes: number;
}

const probeMs = 20_000;
/** A socket that takes up no session is nobody's. */
const unclaimedMs = 10_000;
const serverSettings = {
  noServer: true,
  clientTracking: false,
  perMessageDeflate: false,
  maxFragments: 128,
  maxBufferedChunks: 4_096,
  closeTimeout: 2_000,
} as const;

/** Opens sockets for those who hold a ticket, and notices those that have died. */
export class Sockets {
  readonly #options: SocketsOptions;
  readonly #server: WebSocketServer;
  readonly #connections = new Set<Connection>();
  readonly #ports: ConnectionPorts;
  readonly #timer: NodeJS.Timeout;

  constructor(options: SocketsOptions) {
    const { now, maxMessageBytes, maxBufferedBytes } = options;
    this.#options = options;
    this.#server = new WebSocketServer({ ...serverSettings, maxPayload: maxMessageBytes });
    // What is no handshake is answered as any other request is: see below.
    this.#server.on("wsClientError", () => undefined);
    this.#ports = {
      now,
      maxMessageChars: maxMessageBytes,
      maxBufferedBytes,
      take: (connection, message, text) => {
        options.touch(connection.viewer);
        hear(options, { connection, message, text });
      },
      refused: (why, { address, port }) => options.refusals.add({ why, from: address, port }),
      closed: (connection) => {
        this.#connections.delete(connection);
        options.viewers.leave(connection.viewer, "sockets");
      },
    };
    this.#timer = setInterval(() => this.#probe(), probeMs).unref();
  }

  /** Opens a socket, or answers why not. */
  open(
    { viewer, query, address }: AskedByViewer,
    { request, connection, head }: Upgrade,
  ): Answer | undefined {
    const { isDraining, tickets, viewers } = this.#options;
    if (isDraining()) return textAnswer(503, "The server restarts.", { "Retry-After": "2" });
    const ticket = /^ticket=([A-Za-z0-9_-]{43})$/.exec(query)?.[1];
    if (!tickets.redeem(ticket, viewer)) return textAnswer(403, "A fresh ticket was expected.");
    const refused = viewers.enter(viewer, "sockets");
    if (refused !== undefined) {
      const status = refused.why === "yours" ? 429 : 503;
      return textAnswer(status, "Too many sockets are open.", {
        "Retry-After": String(refused.retryAfterSeconds),
      });
    }
    const port = request.socket.remotePort;
    let isOpen = false;
    this.#server.handleUpgrade(request, connection, head, (socket) => {
      isOpen = true;
      this.#connections.add(new Connection(socket, { viewer, address, port }, this.#ports));
    });
    if (isOpen) return undefined;
    viewers.leave(viewer, "sockets");
    return textAnswer(400, "A WebSocket handshake was expected.");
  }

  /** Closes a viewer's sockets, also those that are about to take a session up. */
  endViewer(viewer: string, why: GoneWhy): void {
    for (const connection of this.#connections) if (connection.viewer === viewer) connection.leave(why);
  }

  /** Closes every socket that is left; those that do not answer are cut. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    for (const connection of this.#connections) connection.goAway();
    for (let waited = 0; this.#connections.size > 0 && waited < 500; waited += 10) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    for (const connection of this.#connections) connection.terminate();
  }

  #probe(): void {
    const now = this.#options.now();
    for (const connection of this.#connections) {
      const isUnclaimed = connection.session === undefined && now - connection.openedAt > unclaimedMs;
      if (isUnclaimed) connection.refuse("No session was taken up.");
      else connection.probe();
    }
  }
}
