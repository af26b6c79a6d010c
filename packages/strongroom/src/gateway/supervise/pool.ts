import { mkdirSync, realpathSync } from "node:fs";
import { availableParallelism } from "node:os";
import { appCache } from "../cache/app-cache.ts";
import type { SharedCache } from "../cache/shared-cache.ts";
import { BrokerLink } from "./broker-link.ts";
import { startCompiler } from "./compiler.ts";
import { Fleet } from "./fleet.ts";
import { Apart, Shared, type Housing } from "./housing.ts";
import { buildFolder } from "./launch.ts";
import { checkLinks } from "./links.ts";
import type {
  Opening,
  PageLink,
  Placed,
  Pool,
  PoolOptions,
  SecretChange,
  SessionListener,
  StartingPool,
} from "./pool-types.ts";
import { Problems } from "./problems.ts";
import { readerLauncher, Readers } from "./readers.ts";
import { Queries } from "./queries.ts";
import { findPrograms } from "./programs.ts";
import { ownPackage } from "./readable.ts";
import { SecretStamps } from "./secret-stamps.ts";
import { setupText } from "./setup-text.ts";
import { sandboxes } from "./sandbox.ts";
import type { SteadyChild } from "./steady-child.ts";

/** How often we look whether workers answer, and how much memory they hold, in ms. */
const answerMs = 250;
const memoryMs = process.platform === "linux" ? 100 : 500; // elsewhere each look starts a program
/** How often we look, while an author edits, whether files were added beside the script, in ms. */
const entriesMs = 1_000;
/** The engine's own limit ends a process without a word of where it was: ours comes first. */
const heapOverMemory = 1.5;

/** Starts the compiler, the broker, the workers and one spare; waits until the app is loaded, or cannot be. */
export async function startPool(options: PoolOptions): Promise<Pool> {
  const { pool, begin } = launchPool(options);
  await begin();
  return pool;
}

/** Starts the compiler; workers start when they are told to. */
export function launchPool(options: PoolOptions): StartingPool {
  const pool = new WorkerPool(inPlace(options));
  const begin = async (): Promise<void> => {
    try {
      await pool.begin();
    } catch (error) {
      await pool.stop();
      throw error;
    }
  };
  return { pool, compiled: pool.compiled, begin, changeSecrets: (change) => pool.changeSecrets(change) };
}

/** Names every folder as the system does: what is allowed is compared with what is asked for letter by letter. */
function inPlace(options: PoolOptions): PoolOptions {
  mkdirSync(buildFolder(options.stateFolder), { recursive: true, mode: 0o755 });
  return {
    ...options,
    appFolder: realpathSync(options.appFolder),
    script: realpathSync(options.script),
    stateFolder: realpathSync(options.stateFolder),
  };
}

function housingOf({ isolation, workers }: PoolOptions["config"]["runner"]): Housing {
  return isolation === "session" ? new Apart(workers || 1) : new Shared(workers || availableParallelism());
}

class WorkerPool implements Pool {
  readonly #options: PoolOptions;
  readonly #own = ownPackage();
  readonly #programs = findPrograms();
  readonly #problems = new Problems();
  readonly #broker: BrokerLink;
  readonly #cache: SharedCache;
  readonly #compiler: SteadyChild;
  readonly #fleet: Fleet;
  readonly #readers = new Readers();
  readonly #housing: Housing;
  readonly #stamps: SecretStamps;
  readonly #timers: readonly NodeJS.Timeout[];
  readonly started: Promise<void>;
  #hasOutcome: () => void = () => {};
  readonly compiled: Promise<void>;
  sandbox = "";

  constructor(options: PoolOptions) {
    this.#options = options;
    const common = { ...options, dist: this.#own.dist, programs: this.#programs };
    this.started = new Promise((resolve) => (this.#hasOutcome = resolve));
    this.#problems.listen(() => this.#hasOutcome());
    this.#broker = new BrokerLink(common);
    this.#cache = appCache(options, () => this.#fleet.crew.all);
    this.#stamps = new SecretStamps(options.stateFolder);
    this.#housing = housingOf(options.config.runner);
    this.#fleet = this.#newFleet();
    const { promise, resolve: isCompiled } = Promise.withResolvers<void>();
    this.compiled = promise;
    this.#compiler = startCompiler({
      ...common,
      watch: options.editing,
      poll: options.config.server.fileWatcherType === "poll",
      built: (build) => {
        isCompiled();
        this.#problems.compile(build.ok ? undefined : build.problem);
        if (build.ok) this.#fleet.use(build);
      },
    });
    // Here, and not once workers begin: who stops us meanwhile would leave them going.
    this.#timers = [
      setInterval(() => this.#fleet.tick(), answerMs),
      setInterval(() => void this.#fleet.crew.watchMemory(), memoryMs),
      ...(options.editing ? [setInterval(() => this.#fleet.renew(), entriesMs)] : []),
    ];
  }

  get pages(): readonly PageLink[] {
    return this.#fleet.pages;
  }

  get falls(): number {
    return this.#housing.falls;
  }

  get problem(): string | undefined {
    return this.#problems.current;
  }

  onProblem(listener: (problem: string | undefined) => void): void {
    this.#problems.listen(listener);
  }

  place(listener: SessionListener, opening: Opening): Promise<Placed> {
    return this.#fleet.place(listener, opening);
  }

  async begin(): Promise<void> {
    const { appFolder, script, stateFolder, config, log } = this.#options;
    const { sandbox: choice, network, maxMemoryMb } = config.runner;
    const ground = {
      appFolder,
      script,
      stateFolder,
      network,
      heapMb: maxMemoryMb * heapOverMemory,
      own: this.#own,
      programs: this.#programs,
    };
    const sandbox = await this.#fleet.crew.begin(await sandboxes(choice, ground));
    this.#readers.use(readerLauncher(sandbox, ground));
    this.sandbox = sandbox.line;
    checkLinks(appFolder, { isWalled: sandbox.isWalled, isChosen: choice === "none" }, log);
    this.#fleet.fill();
    await this.started;
  }

  changeSecrets({ secrets, writes }: SecretChange): void {
    if (secrets !== undefined) this.#fleet.setUp(this.#setup(secrets));
    if (writes !== undefined) this.#broker.renew(writes);
  }

  async stop(): Promise<void> {
    this.#hasOutcome();
    for (const timer of this.#timers) clearInterval(timer);
    this.#readers.stop();
    await Promise.all([this.#compiler.stop(), this.#fleet.stop(), this.#broker.stop()]);
    await this.#cache.stop();
  }

  #setup(secrets: PoolOptions["secrets"]): string {
    return setupText(this.#options, secrets, this.#stamps.add(secrets));
  }

  #newFleet(): Fleet {
    const { appFolder, stateFolder, config, log, secrets } = this.#options;
    return new Fleet({
      plan: {
        setup: this.#setup(secrets),
        folders: { appFolder, buildFolder: buildFolder(stateFolder) },
        maxBlockMs: config.runner.maxBlockSeconds * 1_000,
        maxMemoryMb: config.runner.maxMemoryMb,
        maxStateBytes: config.session.maxStateBytes,
        log,
      },
      housing: this.#housing,
      queries: new Queries(this.#broker),
      readers: this.#readers,
      cache: this.#cache,
      problem: (text) => this.#problems.load(text),
      inForce: () => this.#hasOutcome(),
    });
  }
}
