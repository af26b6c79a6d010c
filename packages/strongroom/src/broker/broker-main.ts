/** The broker's process: everything that the gateway needs of it goes over descriptor 3. */
import { Socket } from "node:net";
import {
  fromBroker,
  readBrokerFrame,
  toBroker,
  writeBrokerFrame,
  type BrokerFrame,
} from "../wire/broker-frames.ts";
import { FrameReader } from "../wire/frames.ts";
import { brokerSetupSchema, queryLimits, type BrokerSetup } from "../wire/query.ts";
import { decodeText } from "../wire/schema.ts";
import { Broker } from "./broker.ts";
import { withSecrets } from "./own-secrets.ts";

const socket = new Socket({ fd: 3, readable: true, writable: true });
const reader = new FrameReader();
let broker: Broker | undefined;
/** What comes while the secrets are read. */
const held: BrokerFrame[] = [];
let isReading = false;

function receive(payload: Buffer): void {
  const frame = readBrokerFrame(payload);
  if (frame.kind === toBroker.setup) void setUp(frame.text.toString());
  else if (broker === undefined || isReading) held.push(frame);
  else hear(broker, frame);
}

function hear(known: Broker, { kind, id, asker, text }: BrokerFrame): void {
  switch (kind) {
    case toBroker.ask:
      return void known.ask(id, asker, text.toString());
    case toBroker.more:
      return known.more(id);
    case toBroker.cancel:
      return known.cancel(id);
    case toBroker.release:
      return known.release(asker);
    case toBroker.ping:
      socket.write(writeBrokerFrame(fromBroker.pong, id));
  }
}

/** The first frame; it comes again when secrets have changed. */
async function setUp(text: string): Promise<void> {
  const decoded = decodeText(brokerSetupSchema, text, queryLimits.textChars * 10);
  if (!decoded.ok)
    throw new TypeError(`The broker's setup: ${decoded.expected} was expected at ${decoded.at}.`);
  isReading = true;
  const setup = await withSecrets(decoded.value, report);
  isReading = false;
  if (broker === undefined) broker = begin(setup);
  else broker.renew(setup);
  for (const frame of held.splice(0)) hear(broker, frame);
}

function begin(setup: BrokerSetup): Broker {
  return new Broker(setup, {
    part: (id, text) => void socket.write(writeBrokerFrame(fromBroker.part, id, { text })),
    end: (id, text) => void socket.write(writeBrokerFrame(fromBroker.end, id, { text })),
    report,
  });
}

/** Custom connections are code of the operator's, drivers are of others: what they print is looked through, too. */
for (const stream of [process.stdout, process.stderr]) {
  const write = stream.write.bind(stream);
  stream.write = (chunk: string | Uint8Array, ...rest: readonly unknown[]): boolean => {
    const text = typeof chunk === "string" ? chunk : Buffer.from(chunk).toString();
    // An encoding and what is called when it is done: as they were given.
    return Reflect.apply(write, stream, [broker?.masked(text) ?? text, ...rest]) as boolean;
  };
}

function report(text: string): void {
  process.stderr.write(`${text}\n`);
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
