import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { serve, type Server } from "../../running/app-server.ts";
import { openRawWhole, type OpenedRaw, type RawSession } from "../../running/raw-session.ts";
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
  readonly #opened: OpenedRaw;
  /** The file that was sent last. */
  #file = "";
  readonly #remove: () => Promise<void>;

  private constructor(server: Server, opened: OpenedRaw, remove: () => Promise<void>) {
    this.server = server;
    this.#session = opened.session;
    this.#opened = opened;
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
    return new Attack(server, await openRawWhole(server.url), async () => {
      await database?.[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    });
  }

  /** Answers a widget, and reads what the page then says; nothing where the answer was refused. */
  async answer(id: string, value: unknown): Promise<Said | undefined> {
    return this.#tell({ values: { [id]: value } });
  }

  /** Sends a file of that name in the place of the one before; nothing where the name was refused. */
  async file(name: string): Promise<Said | undefined> {
    const { nodes } = this.#opened;
    const [id = "", , , props] = nodes.find(([, , kind]) => kind === "fileUploader") ?? [];
    const { slot } = props as { readonly slot: string }; // what the server wrote
    if (this.#file !== "") await this.#ask("DELETE", `uploaded/${slot}/${this.#file}`);
    this.#file = "";
    const named = { "x-strongroom-name": encodeURIComponent(name.toWellFormed()) };
    const sent = await this.#ask("PUT", `upload/${slot}`, named);
    if (sent.status !== 200) return undefined;
    const { file } = (await sent.json()) as { readonly file: string };
    this.#file = file;
    return this.#tell({ values: { [id]: [file] } });
  }

  /** A request as the page makes it, with a ticket of its own. */
  async #ask(method: "PUT" | "DELETE", path: string, more: Record<string, string> = {}): Promise<Response> {
    const { origin } = new URL(this.server.url);
    const headers = { cookie: this.#opened.cookie, origin, "sec-fetch-site": "same-origin" };
    const asked = await fetch(`${origin}/_strongroom/ticket`, { method: "POST", headers });
    const { ticket } = (await asked.json()) as { readonly ticket: string };
    return fetch(`${origin}/_strongroom/${path}`, {
      method,
      headers: {
        ...headers,
        ...more,
        "x-strongroom-ticket": ticket,
        "content-type": "application/octet-stream",
      },
      ...(method === "PUT" ? { body: "a,b\n1,2\n" } : {}),
    });
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
