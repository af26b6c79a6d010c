import type { Parse } from "../wire/reading.ts";
import type { FileRead } from "../wire/upload.ts";
import { StrongroomError } from "./errors.ts";

interface Waiting {
  readonly session: number;
  readonly resolve: (part: Uint8Array | undefined) => void;
  readonly reject: (error: unknown) => void;
}

type Ask = (session: number, id: number, ask: FileRead | Parse) => void;

/** Asks for viewers' files, which the gateway keeps: parts of them, and the tables in them. */
export class FileClient {
  readonly #ask: Ask;
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** A part of a file, or the table in it; nothing where the file is gone, or another session's. */
  ask(session: number, ask: FileRead | Parse): Promise<Uint8Array | undefined> {
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { session, resolve, reject });
      this.#ask(session, id, ask);
    });
  }

  receive(id: number, part: Uint8Array | undefined): void {
    this.#waiting.get(id)?.resolve(part);
    this.#waiting.delete(id);
  }

  forget(session: number): void {
    for (const [id, waiting] of this.#waiting) {
      if (waiting.session !== session) continue;
      this.#waiting.delete(id);
      waiting.reject(new StrongroomError("ERR_FILE_GONE", "The session whose file is read has ended."));
    }
  }
}
