import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { isUnchanged } from "../edge/byte-range.ts";
import type { Answer } from "./answer.ts";
import type { BrowserBuild } from "./renderer.ts";

const types: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};
const packed: ReadonlySet<string> = new Set([".woff2", ".png", ".ico"]);
const forEver = "public, max-age=31536000, immutable";
/** Smaller files grow by packing, or win nothing. */
const minPackedBytes = 500;

type Encoding = "br" | "gzip" | "identity";

const packers: Readonly<Record<Exclude<Encoding, "identity">, (bytes: Buffer) => Promise<Buffer>>> = {
  br: (bytes) =>
    promisify(brotliCompress)(bytes, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
    }),
  gzip: (bytes) => promisify(gzip)(bytes, { level: 9 }),
};

/**
 * The files of the browser's build, and the app's fonts. Only names that stand in the manifest are ever looked for on disk; each is read and
 * packed once, when it is first asked for.
 */
export class Assets {
  readonly #folder: string;
  readonly #names: ReadonlySet<string>;
  readonly #ready = new Map<string, Promise<Buffer>>();

  constructor(
    { folder, manifest }: Pick<BrowserBuild, "folder" | "manifest">,
    fonts: ReadonlyMap<string, Buffer> = new Map(),
  ) {
    this.#folder = folder;
    const own = [...fonts].map(([name, bytes]) => [`assets/${name}`, bytes] as const);
    for (const [name, bytes] of own) this.#ready.set(`identity ${name}`, Promise.resolve(bytes));
    this.#names = new Set([...Object.keys(manifest.files), ...own.map(([name]) => name)]);
  }

  /** Answers a file by its name below `assets`, or nothing when there is no such file. */
  async answer(
    file: string,
    headers: { readonly accepted: string | undefined; readonly ifNoneMatch: string | undefined },
  ): Promise<Answer | undefined> {
    const name = `assets/${file}`;
    const extension = extname(name);
    const type = types[extension];
    if (!this.#names.has(name) || type === undefined) return undefined;
    const bytes = await this.#bytes(name, "identity");
    const encoding =
      packed.has(extension) || bytes.length < minPackedBytes ? "identity" : bestEncoding(headers.accepted);
    // The name holds the hash of the content; the same content packed otherwise is another representation.
    const etag = `"${file}-${encoding}"`;
    const common = {
      cache: forEver,
      headers: {
        ETag: etag,
        Vary: "Accept-Encoding",
        ...(encoding === "identity" ? {} : { "Content-Encoding": encoding }),
      },
    };
    if (isUnchanged(headers.ifNoneMatch, etag)) return { status: 304, ...common };
    return { status: 200, type, body: await this.#bytes(name, encoding), ...common };
  }

  /** The build has packed with Brotli what it made; an app's own files are packed here. */
  async #packed(name: string, encoding: keyof typeof packers): Promise<Buffer> {
    const made =
      encoding === "br" ? await readFile(join(this.#folder, `${name}.br`)).catch(() => undefined) : undefined;
    return made ?? packers[encoding](await this.#bytes(name, "identity"));
  }

  #bytes(name: string, encoding: Encoding): Promise<Buffer> {
    const key = `${encoding} ${name}`;
    let bytes = this.#ready.get(key);
    if (bytes === undefined) {
      bytes = encoding === "identity" ? readFile(join(this.#folder, name)) : this.#packed(name, encoding);
      this.#ready.set(key, bytes);
      // What could not be read may be there the next time.
      bytes.catch(() => this.#ready.delete(key));
    }
    return bytes;
  }
}

/** Brotli or gzip, where the client lists them without `q=0` (RFC 9110, 12.5.3). */
export function bestEncoding(accepted: string | undefined): Encoding {
  if (accepted === undefined || accepted.length > 500) return "identity";
  const listed = new Set(
    accepted.split(",").flatMap((part) => {
      const [name = "", ...parameters] = part.split(";").map((piece) => piece.trim().toLowerCase());
      return parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter)) ? [] : [name];
    }),
  );
  if (listed.has("br")) return "br";
  return listed.has("gzip") ? "gzip" : "identity";
}
