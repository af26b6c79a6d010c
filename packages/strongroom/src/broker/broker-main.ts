/** The broker's process: everything that the gateway needs of it goes over descriptor 3. */
import { Socket } from "node:net";
import { FrameReader } from "../wire/frames.ts";
import { brokerFrames, brokerSetupSchema, queryLimits } from "../wire/query.ts";
import { decodeText } from "../wire/schema.ts";
import { readWorkerFrame, writeWorkerFrame, type WorkerFrame } from "../wire/worker-frames.ts";
import { Broker } from "./broker.ts";

const socket = new Socket({ fd: 3, readable: true, writable: true });
const reader = new FrameReader();
let broker: Broker | undefined;

function receive({ kind, n, parts }: WorkerFrame): void {
  const text = parts[0]?.toString() ?? "";
  if (kind === brokerFrames.setup) {
    const decoded = decodeText(brokerSetupSchema, text, queryLimits.textChars);
    if (!decoded.ok)
      throw new TypeError(`The broker's setup: ${decoded.expected} was expected at ${decoded.at}.`);
    broker = new Broker(decoded.value);
  } else if (kind === brokerFrames.ask && broker !== undefined) {
    const answer = Buffer.from(JSON.stringify(broker.answer(text)));
    socket.write(writeWorkerFrame(brokerFrames.answer, 0, n, answer));
  } else throw new RangeError("A frame of a known kind was expected.");
}

socket.on("data", (chunk: Buffer) => {
  reader.push(chunk);
  for (let payload = reader.next(); payload !== undefined; payload = reader.next())
    receive(readWorkerFrame(payload));
});
for (const end of ["close", "error"] as const) {
  socket.on(end, () => {
    broker?.close();
    process.exit(0);
  });
}
