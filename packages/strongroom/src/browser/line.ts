import type { Connection, Line } from "./connection.ts";

/** After so long out of sight, a socket may be dead without having said so. */
const staleMs = 60_000;

/** A page that is still here after so long goes on: most have not been left. */
const stayedMs = 1_000;

/** The browser's own socket, tickets, clock and dice. */
export const browserLine: Line = {
  open: (ticket, { onOpen, onText, onClose }) => {
    const url = new URL(`_strongroom/socket?ticket=${ticket}`, location.href);
    url.protocol = url.protocol.replace("http", "ws");
    const socket = new WebSocket(url);
    const heard = new AbortController();
    const { signal } = heard;
    socket.addEventListener("open", onOpen, { signal });
    socket.addEventListener("message", ({ data }) => onText(data), { signal });
    socket.addEventListener("close", onClose, { signal });
    const close = (): void => {
      heard.abort();
      // Chromium reports it as an error when a socket is closed before it is open.
      if (socket.readyState === WebSocket.CONNECTING) socket.addEventListener("open", () => socket.close());
      else socket.close();
    };
    return { send: (text) => socket.send(text), close };
  },
  ticket: async () => {
    const answer = await fetch("_strongroom/ticket", { method: "POST" });
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

/** Connects again where the browser knows better than the socket; `onHide` hears that the page goes. */
export function watchLine(connection: Connection, onHide: () => void): void {
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
  // A refresh sends its request after this and before `pagehide`: by then no other tab may hold the session. What turns
  // out to be a download leaves the page here.
  window.addEventListener("beforeunload", () => {
    connection.close();
    setTimeout(retry, stayedMs);
  });
  window.addEventListener("pagehide", () => {
    onHide();
    connection.close();
  });
  window.addEventListener("pageshow", ({ persisted }) => {
    if (persisted) connection.connect();
  });
}
