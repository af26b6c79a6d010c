import { Crew, type CrewOptions } from "./crew.ts";
import type { Edition, Newcomer, Version } from "./edition.ts";
import type { Housing } from "./housing.ts";
import { loadProblem } from "./load-problem.ts";
import { PoolClosed, type Opening, type PageLink, type Placed, type SessionListener } from "./pool-types.ts";
import type { SupervisedWorker } from "./supervised-worker.ts";

/** So many sessions are not squeezed into the first worker of a new version: all of its workers are awaited. */
const fewSessions = 20;

export type FleetOptions = Omit<CrewOptions, "changed" | "crowded" | "loaded"> & {
  readonly housing: Housing;
  /** The newest version could not be loaded, or could. */
  readonly problem: (text: string | undefined) => void;
  /** A version came into force. */
  readonly inForce: () => void;
};

/** All workers: which version they run, and who lives where. */
export class Fleet {
  readonly #options: FleetOptions;
  readonly crew: Crew;
  /** The version that workers are to run. */
  #target: Edition | undefined;
  /** The version whose workers take sessions. */
  #inForce: Edition | undefined;
  #newcomers: Newcomer[] = [];
  #isOpen = true;
  #editions = 0;

  constructor(options: FleetOptions) {
    this.#options = options;
    this.crew = new Crew({
      ...options,
      changed: (worker) => this.#changed(worker),
      crowded: (worker) => this.#crowded(worker),
      loaded: (worker, loaded) => this.#loaded(worker, loaded.ok ? undefined : loaded.message),
    });
  }

  get pages(): readonly PageLink[] {
    return this.#inForce?.pages ?? [];
  }

  /** Takes up a new version: its first worker that has loaded it brings it into force. */
  use(version: Version): void {
    if (version.version === this.#target?.version) return;
    this.#target = version.version === this.#inForce?.version ? this.#inForce : this.#edition(version);
    this.#options.problem(undefined);
    this.fill();
  }

  /** Takes up the version anew where workers do not see the app's folder as it is now. */
  renew(): void {
    const edition = this.#inForce;
    if (edition === undefined || edition !== this.#target) return;
    if (!this.#of(edition).some(({ plan }) => plan.launch.isStale?.() === true)) return;
    this.#target = this.#edition(edition);
    this.fill();
  }

  /** Workers are told something else from here on: new ones take the place of those that were told before. */
  setUp(setup: string): void {
    this.crew.setup = setup;
    if (this.#target !== undefined) this.#target = this.#edition(this.#target);
    this.fill();
  }

  async place(listener: SessionListener, opening: Opening): Promise<Placed> {
    if (!this.#isOpen) throw new PoolClosed();
    const worker = this.#options.housing.choose(this.#ready());
    if (worker === undefined) {
      const { promise, resolve, reject } = Promise.withResolvers<Placed>();
      this.#newcomers.push({ listener, opening, resolve, reject });
      this.fill();
      return promise;
    }
    const placed = worker.residents.open(listener, opening);
    this.fill();
    return placed;
  }

  /** Loads and starts what is missing, ends what is of no version that counts. */
  fill(): void {
    if (!this.#isOpen) return;
    const counts = new Set([this.#target?.id, this.#inForce?.id]);
    for (const worker of this.crew.all)
      if (worker.edition !== undefined && !counts.has(worker.edition)) worker.retire();
    if (this.#target !== undefined) this.#load(this.#target);
    const there = this.#target === undefined ? [] : this.#of(this.#target);
    this.crew.start(Math.max(0, this.#wanted(there) - there.length));
  }

  /** Looks after what only time shows. */
  tick(): void {
    for (const worker of this.crew.all) worker.tick();
    this.#options.housing.surplus(this.#ready())?.retire();
  }

  async stop(): Promise<void> {
    this.#isOpen = false;
    for (const { reject } of this.#newcomers) reject(new PoolClosed());
    this.#newcomers = [];
    await this.crew.stop();
  }

  #edition(version: Version): Edition {
    return { ...version, id: `${version.version} ${++this.#editions}` };
  }

  #of({ id }: Edition): readonly SupervisedWorker[] {
    return this.crew.all.filter(
      (worker) => worker.edition === id && (worker.state === "loading" || worker.state === "ready"),
    );
  }

  #load(target: Edition): void {
    const there = this.#of(target);
    let missing = this.#wanted(there) - there.length;
    for (const worker of this.crew.all) {
      if (missing <= 0) return;
      if (worker.state !== "warm") continue;
      if (worker.plan.launch.isStale?.() === true || worker.plan.setup !== this.crew.setup) {
        worker.retire();
        continue;
      }
      worker.load(target.id, target.file);
      missing--;
    }
  }

  #loaded(worker: SupervisedWorker, problem: string | undefined): void {
    if (problem !== undefined) {
      worker.kill();
      return this.#refuse(worker.edition, problem);
    }
    this.crew.startedWell();
    this.#switch();
    this.fill();
    this.#serve();
  }

  /** The newest version cannot be loaded: the one before stays. */
  #refuse(edition: string | undefined, problem: string): void {
    const target = this.#target?.id;
    if (edition === undefined || edition !== target || edition === this.#inForce?.id) return;
    this.#target = this.#inForce;
    this.#options.problem(problem);
    this.fill();
  }

  /** Brings the newest version into force when enough of its workers are ready. */
  #switch(): void {
    const target = this.#target;
    if (target === undefined || target === this.#inForce) return;
    const ready = this.#of(target).filter(({ state }) => state === "ready").length;
    const sessions = this.crew.all.reduce((sum, { residents }) => sum + residents.size, 0);
    if (ready < (sessions > fewSessions ? this.#wanted(this.#of(target)) : 1)) return;
    this.#inForce = target;
    this.#options.inForce();
    for (const worker of this.crew.all)
      if (worker.edition !== undefined && worker.edition !== target.id) worker.retire();
  }

  #changed(worker: SupervisedWorker): void {
    const { fall, state, edition } = worker;
    if (state === "ended" && fall !== undefined) {
      this.#options.housing.fell();
      const problem =
        fall.during === "loading" ? loadProblem(fall, this.#options.plan.maxBlockMs) : undefined;
      if (problem !== undefined) this.#refuse(edition, problem);
    }
    if (state === "ended" || state === "warm") this.fill();
  }

  #serve(): void {
    const newcomers = this.#newcomers;
    this.#newcomers = [];
    for (const { listener, opening, resolve, reject } of newcomers)
      this.place(listener, opening).then(resolve, reject);
  }

  #wanted(workers: readonly SupervisedWorker[]): number {
    return this.#options.housing.wanted(workers, this.#newcomers.length);
  }

  /** The workers that can take sessions now. */
  #ready(): readonly SupervisedWorker[] {
    if (this.#inForce === undefined) return [];
    return this.#of(this.#inForce).filter(({ state }) => state === "ready");
  }

  #crowded(worker: SupervisedWorker): void {
    const other = this.#options.housing.choose(this.#ready().filter((one) => one !== worker));
    if (other !== undefined && !other.residents.turns.isCrowded) return worker.residents.moveBehind();
    const loaded = this.#target === undefined ? 0 : this.#of(this.#target).length;
    if (this.#options.housing.grow(loaded)) this.fill();
  }
}
