import type { CapturedName } from "./cache-captured.ts";
import type { CacheSpinner } from "./cache-spinner.ts";
import type { ShelfOptions } from "./cache-shelves.ts";
import type { CacheScope } from "./cache-view.ts";
import { durationMs } from "./duration.ts";
import { badOption } from "./errors.ts";
import { checkNames, optionNames, type OptionNames } from "./option-names.ts";
import { inline } from "./markdown.ts";

/** Options of every cached function. */
export interface CacheOptions<A extends readonly unknown[] = readonly never[]> {
  /** How long a value holds: seconds, or text such as `"10m"`. Default: as long as the app runs. */
  readonly ttl?: number | string | undefined;
  /** Beyond so many values the one that was not used for longest goes. Default: no limit for data, 1,000 for resources. */
  readonly maxEntries?: number | undefined;
  /**
   * Who shares a value. `"global"` (default): everybody, so the function may read nothing that belongs to one viewer.
   * `"viewer"`: all tabs of one viewer. `"session"`: one tab, as long as it lives in its worker.
   */
  readonly scope?: CacheScope | undefined;
  /**
   * `"background"` hands out a value that is older than its `ttl` for another `ttl`, while it is made anew; what fails
   * is tried again a minute later. Default `"foreground"`: who comes after the `ttl` waits.
   */
  readonly refreshMode?: "foreground" | "background" | undefined;
  /** What names the value instead of all arguments: `key: (client, id) => id`. It must tell apart all that differs. */
  readonly key?: ((...args: A) => unknown) | undefined;
  /** Shown while a caller waits, in Markdown; `false` shows nothing. Default `true`: "Loading…". */
  readonly showSpinner?: boolean | string | undefined;
  /** Counts the seconds beside the spinner. Default `false`. */
  readonly showTime?: boolean | undefined;
}

/** Options of `st.cacheData`. */
export interface CacheDataOptions<A extends readonly unknown[] = readonly never[]> extends CacheOptions<A> {
  /** Beyond so many bytes the value that was not used for longest goes: a number, or text such as `"500MB"`. */
  readonly maxSize?: number | string | undefined;
  /** `"disk"` keeps values, encrypted, over restarts; for async functions. */
  readonly persist?: "disk" | undefined;
}

/** Options of `st.cacheResource`. */
export interface CacheResourceOptions<
  A extends readonly unknown[] = readonly never[],
  R = never,
> extends CacheOptions<A> {
  /** Looks at the thing before each use: where it answers `false`, the thing is made anew. */
  readonly validate?: ((value: Awaited<R>) => boolean | Promise<boolean>) | undefined;
  /** Called with a thing that is kept no longer, to close it. */
  readonly onRelease?: ((value: Awaited<R>) => unknown) | undefined;
}

export type CacheName = "cacheData" | "cacheResource";

/** What a cached function does, its options read. */
export interface CacheSettings {
  readonly name: CacheName;
  readonly compute: (...args: readonly unknown[]) => unknown;
  /** Where it stands in the author's source. */
  readonly place: string;
  /** What it reads from around it. Nothing where it is not known: the compiler has not seen the call. */
  readonly captured: readonly CapturedName[] | undefined;
  readonly scope: CacheScope;
  readonly ttlMs: number;
  /** Up to this age a value is handed out while it is made anew. */
  readonly graceMs: number;
  readonly shelf: ShelfOptions;
  readonly persist: boolean;
  readonly key: ((...args: readonly unknown[]) => unknown) | undefined;
  readonly validate: ((value: unknown) => unknown) | undefined;
  readonly spinner: CacheSpinner | undefined;
}

const maxThings = 1_000;
const maxSpinnerChars = 1_000;

const bothNames = {
  ttl: true,
  maxEntries: true,
  scope: true,
  refreshMode: true,
  key: true,
  showSpinner: true,
  showTime: true,
} as const;
const known: Readonly<Record<CacheName, OptionNames<CacheOptions>>> = {
  cacheData: optionNames<CacheDataOptions>()({ ...bothNames, maxSize: true, persist: true }),
  cacheResource: optionNames<CacheResourceOptions>()({ ...bothNames, validate: true, onRelease: true }),
};

type Given = CacheDataOptions & CacheResourceOptions;

/** Reads the options; throws at the first that cannot be. */
export function readSettings(
  name: CacheName,
  options: Given,
  rest: Pick<CacheSettings, "compute" | "place" | "captured">,
): CacheSettings {
  checkNames(`st.${name}`, options, known[name]);
  const { scope = "global", persist, key, validate, onRelease } = options;
  const check = (option: string, fits: boolean, expected: string): void => {
    if (!fits) throw badOption(name, option, expected);
  };
  check("function", typeof rest.compute === "function", `given first: st.${name}(async (id: string) => …)`);
  check("scope", ["global", "viewer", "session"].includes(scope), '"global", "viewer" or "session"');
  check("persist", persist === undefined || persist === "disk", '"disk", or left out');
  check("persist", persist === undefined || scope !== "session", 'left out where `scope` is "session"');
  for (const [option, given] of Object.entries({ key, validate, onRelease }))
    check(option, given === undefined || typeof given === "function", "a function");
  return {
    ...rest,
    ...timesOf(name, options),
    name,
    scope,
    shelf: {
      ...limitsOf(name, options),
      kind: name === "cacheData" ? "data" : "resource",
      // The author's own functions take what the author's own function answered.
      release: onRelease as ShelfOptions["release"],
    },
    persist: persist === "disk",
    key: key as CacheSettings["key"],
    validate: validate as CacheSettings["validate"],
    spinner: spinnerOf(name, options),
  };
}

function timesOf(
  name: CacheName,
  { ttl, refreshMode = "foreground" }: Given,
): Pick<CacheSettings, "ttlMs" | "graceMs"> {
  const ttlMs = ttl === undefined ? Infinity : durationMs(ttl);
  if (ttlMs === undefined) throw badOption(name, "ttl", 'seconds, or text such as "10m"');
  if (refreshMode !== "foreground" && refreshMode !== "background")
    throw badOption(name, "refreshMode", '"foreground" or "background"');
  if (refreshMode === "foreground") return { ttlMs, graceMs: ttlMs };
  if (!(ttlMs > 0 && ttlMs < Infinity))
    throw badOption(
      name,
      "ttl",
      "given, and more than nothing, where values are made anew in the background",
    );
  return { ttlMs, graceMs: 2 * ttlMs };
}

function limitsOf(name: CacheName, options: Given): Pick<ShelfOptions, "maxEntries" | "maxBytes"> {
  const { maxEntries = name === "cacheData" ? Infinity : maxThings, maxSize = Infinity } = options;
  if (options.maxEntries !== undefined && (!Number.isInteger(maxEntries) || maxEntries < 1))
    throw badOption(name, "maxEntries", "a whole number from 1");
  const maxBytes = bytesOf(maxSize);
  if (maxBytes === undefined) throw badOption(name, "maxSize", 'a number of bytes, or text such as "500MB"');
  return { maxEntries, maxBytes };
}

const units: Readonly<Record<string, number>> = { "": 1, b: 1, kb: 1e3, mb: 1e6, gb: 1e9 };

function bytesOf(size: number | string): number | undefined {
  if (typeof size === "number") return size >= 1 ? size : undefined;
  const match = /^(\d{1,15}(?:\.\d{1,3})?) ?([kmg]?b|)$/i.exec(size.trim());
  const bytes = match === null ? 0 : Number(match[1]) * (units[(match[2] ?? "").toLowerCase()] ?? 0);
  return bytes >= 1 ? bytes : undefined;
}

function spinnerOf(
  name: CacheName,
  { showSpinner = true, showTime = false }: Given,
): CacheSpinner | undefined {
  if (showSpinner === false) return undefined;
  if (showSpinner === true) return { text: "Loading…", showTime };
  if (typeof showSpinner !== "string" || showSpinner.length > maxSpinnerChars)
    throw badOption(name, "showSpinner", `true, false, or text of at most ${maxSpinnerChars} characters`);
  return { text: inline(showSpinner), showTime };
}
