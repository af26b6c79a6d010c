/** The broker's process: everything that the gateway needs of it goes over descriptor 3. */
import { Socket } from "node:net";
import { fromBroker, readBrokerFrame, toBroker, writeBrokerFrame } from "../wire/broker-frames.ts";
import { FrameReader } from "../wire/frames.ts";
import { brokerSetupSchema, queryLimits } from "../wire/query.ts";
import { decodeText } from "../wire/schema.ts";
import { Broker } from "./broker.ts";

const socket = new Socket({ fd: 3, readable: true, writable: true });
const reader = new FrameReader();
let broker: Broker | undefined;

/** The first frame sets up, the others ask. */
function receive(payload: Buffer): void {
  const { kind, id, asker, text } = readBrokerFrame(payload);
  if (broker === undefined) return void (broker = begin(text.toString()));
  switch (kind) {
    case toBroker.ask:
      return void broker.ask(id, asker, text.toString());
    case toBroker.more:
      return broker.more(id);
    case toBroker.cancel:
      return broker.cancel(id);
    case toBroker.release:
      return broker.release(asker);
    case toBroker.ping:
      socket.write(writeBrokerFrame(fromBroker.pong, id));
  }
}

function begin(text: string): Broker {
  const decoded = decodeText(brokerSetupSchema, text, queryLimits.textChars * 10);
  if (!decoded.ok)
    throw new TypeError(`The broker's setup: ${decoded.expected} was expected at ${decoded.at}.`);
  return new Broker(decoded.value, {
    part: (id, text) => void socket.write(writeBrokerFrame(fromBroker.part, id, { text })),
    end: (id, text) => void socket.write(writeBrokerFrame(fromBroker.end, id, { text })),
    report: (text) => void process.stderr.write(`${text}\n`),
  });
}

socket.on("data", (chunk: Buffer) => {
  reader.push(chunk);
  for (let payload = reader.next(); payload !== undefined; payload = reader.next()) receive(payload);
});
let isClosing = false;
for (const end of ["close", "error"] as const) {
  socket.on(end, () => {
    if (isClosing) return;
    isClosing = true;
    // Open transactions are taken back by the databases themselves, should we not come to it.
    void (broker?.close() ?? Promise.resolve()).finally(() => process.exit(0));
    setTimeout(() => process.exit(0), 300);
  });
}
// A driver that fails outside of a question must not take the other connections with it.
process.on("unhandledRejection", () => process.stderr.write("a driver failed outside of a question\n"));
