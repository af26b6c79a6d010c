/** The process that has one SQLite file open: a slow query blocks nobody else, and can be ended with its process. */
import { Socket } from "node:net";
import { fromBroker, readBrokerFrame, toBroker, writeBrokerFrame } from "../../wire/broker-frames.ts";
import { FrameReader } from "../../wire/frames.ts";
import type { BrokerAnswer } from "../../wire/query-answer.ts";
import { queryLimits } from "../../wire/query.ts";
import { decodeText, type Schema } from "../../wire/schema.ts";
import { BrokerError } from "../errors.ts";
import { SqliteFile } from "./database.ts";
import { messageSchema, setupSchema } from "./messages.ts";

const socket = new Socket({ fd: 3, readable: true, writable: true });
const reader = new FrameReader();
let file: SqliteFile | undefined;
let taken: ((gone?: BrokerError) => void) | undefined;

function read<T>(schema: Schema<T>, text: string): T {
  const decoded = decodeText(schema, text, queryLimits.requestChars * 2);
  if (!decoded.ok) throw new TypeError(`${decoded.expected} was expected at ${decoded.at}.`);
  return decoded.value;
}

function write(kind: number, answer: BrokerAnswer): void {
  socket.write(writeBrokerFrame(kind, 0, { text: JSON.stringify(answer) }));
}

/** One part at a time: the next one is read when this one was taken. */
function send(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    taken = (gone) => (gone === undefined ? resolve() : reject(gone));
    socket.write(writeBrokerFrame(fromBroker.part, 0, { text }));
  });
}

async function answer(text: string): Promise<void> {
  const message = read(messageSchema, text);
  if (file === undefined) throw new TypeError("A setup was expected.");
  if (message.kind === "query") {
    const { changed } = await file.run(message, send);
    return write(fromBroker.end, { ok: true, end: true, ...(changed === undefined ? {} : { changed }) });
  }
  file.say(message.sql);
  write(fromBroker.end, { ok: true, end: true });
}

async function receive({ kind, text }: ReturnType<typeof readBrokerFrame>): Promise<void> {
  try {
    switch (kind) {
      case toBroker.setup:
        file = new SqliteFile(read(setupSchema, text.toString()));
        return write(fromBroker.end, { ok: true, end: true });
      case toBroker.ask:
        return await answer(text.toString());
      case toBroker.more:
        return taken?.();
      case toBroker.cancel:
        return taken?.(new BrokerError("ERR_QUERY_FAILED", "The query was ended."));
    }
  } catch (error) {
    const known = error instanceof BrokerError ? error : undefined;
    const { code = "ERR_QUERY_FAILED", message = "The database's process failed." } = known ?? {};
    write(fromBroker.end, { ok: false, code, message });
  }
}

socket.on("data", (chunk: Buffer) => {
  reader.push(chunk);
  for (let payload = reader.next(); payload !== undefined; payload = reader.next())
    void receive(readBrokerFrame(payload));
});
for (const end of ["close", "error"]) socket.on(end, () => process.exit(0));
