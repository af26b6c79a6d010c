/** What a worker's process may touch beside what it inherits. */
export interface Reach {
  /** Files and folders. */
  readonly readable: readonly string[];
  readonly writable: readonly string[];
  readonly heapMb: number;
}

/**
 * The part of the heap where objects begin, in MB. Left alone it grows to 16 with the first rush and stays so for a
 * while: that is more than all sessions hold together.
 */
const youngMb = 4;

/**
 * Flags of a worker: Node's permission model as the inner layer. It follows links and `node:sqlite` does not ask it, so
 * that module is off. `--trace-sigint` makes a blocked worker say where it is.
 */
export function workerFlags({ readable, writable, heapMb }: Reach): readonly string[] {
  return [
    "--permission",
    ...readable.map((path) => `--allow-fs-read=${path}`),
    ...writable.map((path) => `--allow-fs-write=${path}`),
    "--no-experimental-sqlite",
    "--no-addons",
    "--disallow-code-generation-from-strings",
    "--disable-proto=delete",
    `--max-old-space-size=${Math.ceil(heapMb)}`,
    `--max-semi-space-size=${youngMb}`,
    "--enable-source-maps",
    "--trace-sigint",
  ];
}

/** Flags of our own processes: no inspector by signal, no code out of text. */
export const ownFlags: readonly string[] = [
  "--disable-sigusr1",
  "--disable-proto=delete",
  "--disallow-code-generation-from-strings",
];

/** The environment of every child: what a program needs to speak of time and language, and nothing of ours. */
export function childEnvironment(): Readonly<Record<string, string>> {
  const { LANG, LC_ALL, SystemRoot, TZ } = process.env;
  return {
    ...(TZ === undefined ? {} : { TZ }),
    ...(LANG === undefined ? {} : { LANG }),
    ...(LC_ALL === undefined ? {} : { LC_ALL }),
    ...(SystemRoot === undefined ? {} : { SystemRoot }), // without it Windows opens no socket
  };
}

/** A worker cannot see which time zone the system is in, and is told. To find out loads all names of zones: 15 ms. */
export function workerEnvironment(temporary: string): Readonly<Record<string, string>> {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return { TZ: timeZone, ...childEnvironment(), TMPDIR: temporary };
}
