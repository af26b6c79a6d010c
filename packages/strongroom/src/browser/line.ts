import type { Connection, Line } from "./connection.ts";

/** After so long out of sight, a socket may be dead without having said so. */
const staleMs = 60_000;

/** The browser's own socket, tickets, clock and dice. */
export const browserLine: Line = {
  open: (ticket, { onOpen, onText, onClose }) => {
    const url = new URL(`/_strongroom/socket?ticket=${ticket}`, location.href);
    url.protocol = url.protocol.replace("http", "ws");
    const socket = new WebSocket(url);
    socket.addEventListener("open", onOpen);
    socket.addEventListener("message", ({ data }) => onText(data));
    socket.addEventListener("close", onClose);
    return { send: (text) => socket.send(text), close: () => socket.close() };
  },
  ticket: async () => {
    const answer = await fetch("/_strongroom/ticket", { method: "POST" });
    if (!answer.ok) throw new Error("A ticket was expected.");
    const { ticket } = (await answer.json()) as { readonly ticket: unknown };
    if (typeof ticket !== "string" || !/^[A-Za-z0-9_-]{43}$/.test(ticket))
      throw new TypeError("A ticket was expected.");
    return ticket;
  },
  after: (ms, act) => {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
  random: () => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32,
};

interface Passing {
  /** The page goes away: a refresh, another address, a closed tab. */
  readonly onHide: () => void;
  /** It came back from the browser's memory as it was. */
  readonly onReturn: () => void;
}

/** Connects again where the browser knows better than the socket. */
export function watchLine(connection: Connection, { onHide, onReturn }: Passing): void {
  let hiddenSince = 0;
  const retry = (): void => {
    if (!connection.isOpen.get()) connection.connect();
  };
  window.addEventListener("online", () => connection.connect());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") {
      hiddenSince = Date.now();
    } else if (Date.now() - hiddenSince > staleMs) {
      connection.connect();
    } else {
      retry();
    }
  });
  window.addEventListener("pagehide", () => {
    onHide();
    connection.close();
  });
  window.addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    onReturn();
    connection.connect();
  });
}
