import { join } from "node:path";
import { setImmediate, setTimeout } from "node:timers/promises";
import { ConfigProblem } from "../config/problem.ts";
import type { Logger } from "pino";
import { openDoor, type Door } from "../gateway/door.ts";
import { loadLog } from "../gateway/log.ts";
import type { MetricsServer } from "../gateway/metrics/metrics-server.ts";
import { reportToOpenTelemetry } from "../gateway/metrics/open-telemetry.ts";
import type { Gateway } from "../gateway/gateway.ts";
import { launchPool } from "../gateway/supervise/pool.ts";
import type { Pool, StartingPool } from "../gateway/supervise/pool-types.ts";
import type { Mask } from "../secrets/mask.ts";
import type { AppTarget } from "./app-target.ts";
import { keepSmallHeap } from "./heap.ts";
import { prepareRun, type GivenToRun, type Prepared } from "./prepare-run.ts";
import { stopSignal } from "./stop-signal.ts";

/** An app that has not changed is compiled within this time. */
const headStartMs = 60;

/** Serves an app until it is told to stop: first the port, then the workers; what only pages need is loaded last. */
export async function serveApp(given: GivenToRun, target: AppTarget): Promise<void> {
  const prepared = await prepareRun(given, target);
  const stopping = stopSignal();
  endOnFault(prepared.options.log);
  const starting = launchPool(prepared.options);
  const stopFollowing = prepared.followSecrets(starting);
  try {
    const door = await openDoor(prepared.settings);
    const stopRenewing = prepared.followCertificate(door);
    try {
      await serve(door, starting, { ...prepared, stopping });
    } finally {
      stopRenewing();
      door.close();
      door.closeConnections();
    }
  } catch (error) {
    throw withoutSecrets(error, prepared.mask);
  } finally {
    stopFollowing();
    await starting.pool.stop();
  }
}

/** The same error, of which all that is printed holds no secret. */
function withoutSecrets(error: unknown, mask: Mask): unknown {
  for (let one = error; one instanceof Error; one = one.cause) {
    one.message = mask.text(one.message);
    if (one.stack !== undefined) one.stack = mask.text(one.stack);
  }
  return error;
}

/** What nobody caught is told without secrets, and ends the server: whoever started it starts it again. */
function endOnFault(log: Logger): void {
  process.on("uncaughtException", (error) => {
    log.fatal({ err: error }, "Strongroom failed where it should not have. Please report this.");
    process.exit(1);
  });
}

type Serving = Prepared & { readonly stopping: Promise<void> };

async function serve(door: Door, starting: StartingPool, serving: Serving): Promise<void> {
  const { pool, compiled } = starting;
  const { editing, log } = serving.options;
  // On a machine with few cores workers would only delay the compiler's answer, if that comes at once.
  const headStart = Promise.race([compiled, setTimeout(headStartMs)]);
  const begun = headStart
    .then(() => setImmediate())
    .then(starting.begin)
    .then(() => console.log(`sandbox ${pool.sandbox}`))
    .then(() => loadLog(log));
  /** Rejects when no worker can ever start. */
  const ended = Promise.race([serving.stopping, begun.then(() => serving.stopping)]);
  ended.catch(() => {}); // told where it is awaited: something else may have failed before
  const ready = (): void => {
    if (serving.address !== undefined) console.log(`address ${serving.address}`);
    console.log(`ready ${door.url}`);
  };
  if (editing) {
    await Promise.race([compiled, ended]);
    ready();
  }
  const gateway = await openGateway(door, pool, serving);
  try {
    // The server attacks itself while the workers start; where an author waits for the page, while it comes.
    const attacked = gateway.attackSelf();
    if (editing) attacked.catch(() => {}); // told below
    else await Promise.all([begun, attacked]);
    // Where nobody edits, ready means that the app runs: a page that only says what is wrong helps nobody.
    if (!editing && pool.problem !== undefined) throw new ConfigProblem(serving.mask.text(pool.problem));
    tellProblems(pool, serving.mask);
    if (!editing) ready();
    keepSmallHeap();
    await Promise.race([ended, attacked.then(() => ended)]);
  } finally {
    await gateway.stop();
  }
}

async function openGateway(
  door: Door,
  pool: Pool,
  { followAccess, mask, metrics, options, settings, signInOf }: Serving,
): Promise<Pick<Gateway, "attackSelf" | "stop">> {
  const [{ startGateway }, { sqliteStore }, { readOrMakeKey }, { AuditLog }] = await Promise.all([
    import("../gateway/gateway.ts"),
    import("../gateway/store/sqlite-store.ts"),
    import("../gateway/store/key-file.ts"),
    import("../gateway/audit/audit-log.ts"),
  ]);
  const { stateFolder, log } = options;
  const root = readOrMakeKey(join(stateFolder, "key"));
  const audit = new AuditLog({ folder: join(stateFolder, "audit"), root, mask, log });
  const store = sqliteStore(join(stateFolder, "sessions.db"), root, { log });
  audit.note({ kind: "start", detail: door.url });
  const played = await signInOf(door.url);
  if (played !== undefined) console.log("sign-in development: everybody is whom they say they are");
  const auth = played === undefined ? {} : { auth: played.auth };
  // Where an author waits for the page, it comes meanwhile.
  const attacksFirst = !options.editing;
  const gateway = await startGateway({ ...settings, ...auth, attacksFirst, pool, store, log, audit }, door);
  const told = metrics.enabled ? await tellNumbers(metrics, gateway) : undefined;
  if (await reportToOpenTelemetry(gateway.measures)) console.log("metrics OpenTelemetry");
  const stopFollowing = followAccess(gateway);
  const stop = async (): Promise<void> => {
    stopFollowing();
    told?.close();
    played?.stop();
    await gateway.stop();
    await store.close();
    audit.note({ kind: "stop", detail: door.url });
    audit.close();
  };
  return { attackSelf: () => gateway.attackSelf(), stop };
}

async function tellNumbers(
  place: { readonly host: string; readonly port: number },
  gateway: Gateway,
): Promise<MetricsServer> {
  const { openMetrics } = await import("../gateway/metrics/metrics-server.ts");
  const server = await openMetrics(place, gateway.measures);
  console.log(`metrics ${server.url}`);
  return server;
}

/** Prints why the app does not compile or load, now and after each save. */
function tellProblems(pool: Pool, mask: Mask): void {
  const tell = (problem: string | undefined): void => {
    if (problem === undefined) console.log("The app runs again.");
    else console.error(`\n${mask.text(problem)}\n`);
  };
  if (pool.problem !== undefined) tell(pool.problem);
  pool.onProblem(tell);
}
