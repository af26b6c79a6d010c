import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { Serving } from "../door.ts";
import type { RefusalLog } from "../refusal-log.ts";

/** Lets only the server itself in, which attacks itself; all others wait until it has passed. */
export function heldBack(
  inner: Serving,
  passed: Promise<void>,
  { ownPorts }: Pick<RefusalLog, "ownPorts">,
): Serving {
  let isOpen = false;
  void passed.then(() => (isOpen = true));
  const after = (connection: Duplex, act: () => void): void => {
    if (isOpen || isOwn(connection as Socket, ownPorts)) act(); // a server's connections are sockets
    else void passed.then(act);
  };
  return {
    request: async (request, response) => after(request.socket, () => void inner.request(request, response)),
    upgrade: async (request, connection, head) =>
      after(connection, () => void inner.upgrade(request, connection, head)),
    unreadable: (error, connection) => inner.unreadable(error, connection),
  };
}

/** It comes from this machine's own address, and from a port that we opened. */
function isOwn({ localAddress, remoteAddress, remotePort }: Socket, ownPorts: ReadonlySet<number>): boolean {
  return remotePort !== undefined && ownPorts.has(remotePort) && remoteAddress === localAddress;
}
