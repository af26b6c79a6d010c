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

/** The first frame sets up, each later one asks. */
function receive(payload: Buffer): void {
  const { kind, id, text } = readBrokerFrame(payload);
  if (broker === undefined) broker = begin(text.toString());
  else if (kind === toBroker.ask) {
    const parts = broker.answer(text.toString());
    for (const [index, part] of parts.entries()) {
      const place = index === parts.length - 1 ? fromBroker.end : fromBroker.part;
      socket.write(writeBrokerFrame(place, id, { text: JSON.stringify(part) }));
    }
  }
}

function begin(text: string): Broker {
  const decoded = decodeText(brokerSetupSchema, text, queryLimits.textChars);
  if (!decoded.ok)
    throw new TypeError(`The broker's setup: ${decoded.expected} was expected at ${decoded.at}.`);
  return new Broker(decoded.value);
}

socket.on("data", (chunk: Buffer) => {
  reader.push(chunk);
  for (let payload = reader.next(); payload !== undefined; payload = reader.next()) receive(payload);
});
for (const end of ["close", "error"] as const) {
  socket.on(end, () => {
    broker?.close();
    process.exit(0);
  });
}
