import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../paths.ts";

interface Entry {
  readonly version?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

interface Lockfile {
  packages: Record<string, Entry>;
}

const file = join(root, "package-lock.json");

/** What would stop `npm ci` on another machine: parts for other platforms that this one's npm left out, or no checksum. */
export function checkLockfile(): readonly string[] {
  const { packages } = read();
  const unsummed = Object.entries(packages)
    .filter(
      ([path, entry]) => path.startsWith("node_modules/") && entry.link !== true && entry.optional !== true,
    )
    .filter(([, entry]) => entry.integrity === undefined)
    .map(([path]) => `package-lock.json: ${path} has no checksum`);
  const absent = missingParts(packages).map(
    ([path]) => `package-lock.json lacks ${path} (npm run format adds it)`,
  );
  return [...unsummed, ...absent];
}

/** Adds the parts for other platforms, which npm leaves out where the registry at hand does not have them. */
export function completeLockfile(): void {
  const lockfile = read();
  const missing = missingParts(lockfile.packages);
  if (missing.length === 0) return;
  const { "": own = {}, ...rest } = { ...lockfile.packages, ...Object.fromEntries(missing) };
  const sorted = Object.entries(rest).sort(([a], [b]) => a.localeCompare(b, "en"));
  lockfile.packages = { "": own, ...Object.fromEntries(sorted) };
  writeFileSync(file, `${JSON.stringify(lockfile, null, 2)}\n`);
}

function missingParts(packages: Lockfile["packages"]): readonly (readonly [string, Entry])[] {
  return Object.entries(packages).flatMap(([path, entry]) =>
    Object.entries(entry.optionalDependencies ?? {})
      .filter(([name]) => packages[`node_modules/${name}`] === undefined)
      .filter(
        ([name, version]) => packages[`${path}/node_modules/${name}`] === undefined && /^\d/.test(version),
      )
      .map(([name, version]) => [`node_modules/${name}`, part(name, version, entry.dev === true)] as const),
  );
}

/** npm must know whom a part is for, or it would try to fetch it everywhere. Names of such packages say it. */
function part(name: string, version: string, dev: boolean): Entry {
  const cpu = /\b(arm64|arm|x64|ia32|ppc64|riscv64|s390x|loong64|mips64el|wasm32)\b/.exec(name)?.[0];
  const os = /\b(aix|android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32)\b/.exec(name)?.[0];
  const libc = /-(musl|gnu)/.exec(name)?.[1]?.replace("gnu", "glibc");
  return {
    version,
    ...(cpu === undefined ? {} : { cpu: [cpu] }),
    ...(dev ? { dev } : {}),
    ...(libc === undefined ? {} : { libc: [libc] }),
    optional: true,
    ...(os === undefined ? {} : { os: [os] }),
  };
}

function read(): Lockfile {
  // npm's own file, committed here: its shape is npm's promise.
  return JSON.parse(readFileSync(file, "utf8")) as Lockfile;
}
