import { Socket } from "node:net";
import { StrongroomError } from "./errors.ts";

/**
 * Makes every outgoing connection of this process fail with the fix in the message. The sandbox is what closes the
 * network; this says so in words, and says the same where there is no sandbox.
 */
export function closeNetwork(): void {
  const refuse = function (this: Socket): Socket {
    const error = new StrongroomError(
      "ERR_NETWORK_CLOSED",
      "An app's code has no network of its own. Ask an API or a database through st.connection(…), " +
        'or open it with `network = "host"` under [runner] in .strongroom/config.toml.',
    );
    process.nextTick(() => this.destroy(error));
    return this;
  };
  Object.defineProperty(Socket.prototype, "connect", { value: refuse, writable: false, configurable: false });
}
