import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pino, type Logger } from "pino";
import { startPool } from "../../packages/strongroom/src/gateway/supervise/pool.ts";
import type {
  LostWhy,
  Placed,
  Pool,
  PoolConfig,
  SessionListener,
  WorkerMessage,
} from "../../packages/strongroom/src/gateway/supervise/pool-types.ts";

export type Files = Readonly<Record<string, string>>;

export interface PoolSettings {
  readonly runner?: Partial<PoolConfig["runner"]>;
  readonly secrets?: Readonly<Record<string, unknown>>;
  readonly connections?: Readonly<Record<string, unknown>>;
  readonly editing?: boolean;
}

export interface TestPool {
  readonly pool: Pool;
  readonly folder: string;
  /** What was logged, one entry a line. */
  readonly log: string[];
  readonly save: (files: Files) => void;
  readonly open: (viewer?: string) => Promise<PoolSession>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A pool on an app of its own, with real processes; all is gone at the end of the test. */
export async function testPool(files: Files, settings: PoolSettings = {}): Promise<TestPool> {
  const folder = mkdtempSync(join(tmpdir(), "strongroom-pool-"));
  const save = (changed: Files): void => {
    for (const [path, text] of Object.entries(changed)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  };
  save(files);
  const log: string[] = [];
  const pool = await startPool(optionsFor(folder, settings, log));
  const sessions: PoolSession[] = [];
  return {
    pool,
    folder,
    log,
    save,
    open: async (viewer) => {
      const session = new PoolSession(pool, viewer);
      sessions.push(session);
      await session.begin();
      return session;
    },
    async [Symbol.asyncDispose]() {
      await pool.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What a pool is started with. */
export function optionsFor(
  folder: string,
  settings: PoolSettings,
  log: string[],
): Parameters<typeof startPool>[0] {
  return {
    appFolder: folder,
    script: join(folder, "app.ts"),
    stateFolder: join(folder, ".strongroom", "state"),
    editing: settings.editing ?? false,
    config: {
      runner: {
        workers: 1,
        isolation: "shared",
        network: "none",
        sandbox: "auto",
        maxBlockSeconds: 20,
        maxMemoryMb: 400,
        enforceSerializableSessionState: true,
        ...settings.runner,
      },
      client: { showErrorDetails: "full" },
      session: { maxStateBytes: 8_000_000 },
      server: { maxCacheDataSize: 64_000_000, maxCacheDiskSize: 64_000_000 },
    },
    secrets: settings.secrets ?? {},
    connections: settings.connections ?? {},
    log: listLog(log),
  };
}

function listLog(lines: string[]): Logger {
  return pino({ level: "debug" }, { write: (line: string) => void lines.push(line) });
}

export interface Loss {
  readonly why: LostWhy;
  readonly offender: boolean;
  readonly place: string | undefined;
}

/** A session as the gateway keeps it: placed anew from its last commit whenever its worker is lost. */
export class PoolSession implements SessionListener {
  readonly #pool: Pool;
  readonly viewer: string;
  readonly losses: Loss[] = [];
  readonly #waiting = new Set<() => void>();
  placed: Placed | undefined;
  /** The messages since it was placed last. */
  said: string[] = [];
  event = 0;
  #placing: Promise<void> | undefined;
  #tree = 0;
  #core: Buffer | undefined;
  #state: Buffer | undefined;
  committed = 0;

  constructor(pool: Pool, viewer = "") {
    this.#pool = pool;
    this.viewer = viewer;
  }

  async begin(): Promise<void> {
    await (this.#placing = this.#place());
    await this.until(() => this.said.length > 0);
  }

  /** Answers a widget. */
  answer(id: string, value: unknown): number {
    return this.#send({ values: { [id]: value } });
  }

  /** Presses a button. */
  press(label: string): number {
    return this.#send({ trigger: { id: `button:${label}` } });
  }

  /** Waits until the page has said a text since it was placed last. */
  shows(text: string): Promise<void> {
    return this.until(() => this.said.some((message) => message.includes(text)));
  }

  /** Waits for a loss; answers it. */
  async lostOnce(): Promise<Loss> {
    await this.until(() => this.losses.length > 0);
    return this.losses[0] as Loss;
  }

  async until(fits: () => boolean, withinMs = 60_000): Promise<void> {
    const start = performance.now();
    while (!fits()) {
      const left = withinMs - (performance.now() - start);
      if (left <= 0) throw new Error(`It did not happen:\n${this.said.join("\n").slice(-2_000)}`);
      await new Promise<void>((resolve) => {
        const done = (): void => {
          clearTimeout(timer);
          this.#waiting.delete(done);
          resolve();
        };
        const timer = setTimeout(done, left);
        this.#waiting.add(done);
      });
    }
  }

  text(message: WorkerMessage, text: string): void {
    if ("tree" in message) this.#tree = message.tree;
    this.said.push(text);
    this.#wake();
  }

  commit(event: number, core: Buffer, state: Buffer | undefined): void {
    this.committed = event;
    this.#core = core;
    this.#state = state ?? this.#state;
    this.#wake();
  }

  bytes(): void {}

  release(): void {}

  slot(): void {}

  read(): undefined {}

  lost(why: LostWhy, offender: boolean, place: string | undefined): void {
    this.losses.push({ why, offender, place });
    this.#placing = this.#place();
    this.#wake();
  }

  #send(what: object): number {
    const n = ++this.event;
    const text = JSON.stringify({ t: "event", n, tree: this.#tree, ...what });
    // Between two workers it waits, as it would in the gateway.
    if (this.#placing === undefined) this.placed?.event(n, text);
    else void this.#placing.then(() => this.placed?.event(n, text));
    return n;
  }

  async #place(): Promise<void> {
    this.said = [];
    const { viewer } = this;
    const dump = { treeAtLeast: this.#tree, core: this.#core, state: this.#state };
    this.placed = await this.#pool.place(this, {
      page: "",
      query: "",
      viewer,
      user: { isLoggedIn: false },
      ...dump,
    });
    this.#placing = undefined;
  }

  #wake(): void {
    for (const done of this.#waiting) done();
  }
}
