import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { serve, type Server } from "../../running/app-server.ts";
import { openRaw, type RawSession } from "../../running/raw-session.ts";
import { secretsOf, type Engine } from "./engines.ts";

/** What the app says of one answer: what each way came to, and the tables afterwards. */
export interface Said {
  readonly source: string;
  readonly value: string;
  readonly ways: Readonly<Record<string, unknown>>;
  readonly tables: {
    readonly canaries: readonly object[];
    readonly orders: readonly Order[];
    readonly notes: readonly { readonly id: number; readonly body: unknown }[];
  };
}

export interface Order {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
}

/** Thousands of changes, each of them safe on a disk, would be a test of that disk. */
const memory = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();
const app = fileURLToPath(new URL("app", import.meta.url));

/** The app with these connections, and one viewer of it who does what no browser would. */
export class Attack {
  readonly server: Server;
  readonly #session: RawSession;
  readonly #remove: () => Promise<void>;

  private constructor(server: Server, session: RawSession, remove: () => Promise<void>) {
    this.server = server;
    this.#session = session;
    this.#remove = remove;
  }

  /** Serves the app over a database. */
  static async begin({ name, connections, serve: serveDatabase }: Engine): Promise<Attack> {
    const folder = mkdtempSync(join(memory, "strongroom-attacked-"));
    const database = await serveDatabase();
    const server = await serve(app, {
      config: connections(folder, database),
      secrets: secretsOf(name, database),
    });
    return new Attack(server, await openRaw(server.url), async () => {
      await database?.[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    });
  }

  /** Answers a widget, and reads what the page then says; nothing where the answer was refused. */
  async answer(id: string, value: unknown): Promise<Said | undefined> {
    return this.#tell({ values: { [id]: value } });
  }

  async query(text: string): Promise<Said | undefined> {
    return this.#tell({ query: `q=${encodeURIComponent(text)}` });
  }

  async press(label: string): Promise<Said | undefined> {
    return this.#tell({ trigger: { id: `button:${label}` } });
  }

  async #tell(event: object): Promise<Said | undefined> {
    const refused = this.#session.heard(({ t }) => t === "refused");
    const isTaken = await Promise.race([
      this.#session.send(event).then(() => true),
      refused.then(() => false),
    ]);
    return isTaken ? saidIn(this.#session.last) : undefined;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#session.close();
    await this.server[Symbol.asyncDispose]();
    await this.#remove();
  }
}

/** The page's own words in a frame: text of JSON within JSON. */
function saidIn(frame: string): Said | undefined {
  const text = textsOf(JSON.parse(frame)).find((one) => one.startsWith('{"source":'));
  return text === undefined ? undefined : (JSON.parse(text) as Said);
}

function textsOf(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}
