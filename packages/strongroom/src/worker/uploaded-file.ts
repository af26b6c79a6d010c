import { uploadLimits, fileId, fileFields, type FileFact } from "../wire/upload.ts";
import { s } from "../wire/s.ts";
import { decode, type Json } from "../wire/schema.ts";
import type { References } from "./codec.ts";
import { badOption, StrongroomError } from "./errors.ts";
import { currentRun } from "./run.ts";
import {
  readRows,
  type CsvOptions,
  type ExcelOptions,
  type FileRow,
  type ParquetOptions,
  type RowsOption,
} from "./table-file.ts";

/**
 * A file that a viewer sent. It is in the gateway's memory, as long as its session lives and its viewer keeps it there.
 * `st.sessionState` may hold it: as what it is called, not its bytes. Those are gone with the server; then reading throws
 * `ERR_FILE_GONE`. What must outlive that is kept as text or rows.
 */
export class UploadedFile {
  /** As the viewer's browser says it: never a place on this machine. */
  readonly name: string;
  /** What its bytes and its name say together, such as `"text/csv"`. */
  readonly type: string;
  /** In bytes. */
  readonly size: number;
  /** Another one for each file that is sent. */
  readonly fileId: string;

  constructor({ id, name, type, size }: Omit<FileFact, "widget">) {
    this.name = name;
    this.type = type;
    this.size = size;
    this.fileId = id;
    Object.freeze(this);
  }

  /** All of its bytes. Throws `ERR_FILE_GONE` where the viewer has taken it back. */
  async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    const whole = new Uint8Array(this.size);
    let at = 0;
    for await (const part of this.#parts()) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }

  /** Its bytes as text: UTF-8, or UTF-16 where a mark at its beginning says so. */
  async text(): Promise<string> {
    return decoderOf(await this.bytes());
  }

  /** Its bytes in parts of at most 4 MB, for files that are read without holding all of them. */
  stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    const parts = this.#parts();
    return new ReadableStream({
      pull: async (controller) => {
        const next = await parts.next();
        if (next.done === true) controller.close();
        else controller.enqueue(next.value);
      },
      cancel: async () => void (await parts.return(undefined)),
    });
  }

  /**
   * Its rows, where it is delimited text: read in a process that is thrown away. Throws `ERR_FILE_FORMAT` with line and
   * column where a line has other fields than the first, or is not written in its encoding.
   */
  csv(options: CsvOptions = {}): Promise<readonly FileRow[]> {
    const { delimiter, header = true, numbers = true, encoding, maxRows } = options;
    if (encoding !== undefined && !isEncoding(encoding))
      throw badOption("file.csv", "encoding", 'the name of an encoding, such as "windows-1252"');
    return readRows(this, { kind: "csv", header, numbers, ...given({ delimiter, encoding, maxRows }) });
  }

  /** Its rows, where each line is an object in JSON. Throws `ERR_FILE_FORMAT` with line and column. */
  jsonLines({ maxRows }: RowsOption = {}): Promise<readonly FileRow[]> {
    return readRows(this, { kind: "jsonLines", ...given({ maxRows }) });
  }

  /**
   * The rows of one sheet, where it is a workbook; needs the package `@e965/xlsx`. Of merged cells the first has the value, the
   * others are empty. Throws `ERR_FILE_FORMAT`, with sheet and cell where a formula ended in an error.
   */
  excel({ sheet = 0, header = true, maxRows }: ExcelOptions = {}): Promise<readonly FileRow[]> {
    return readRows(this, { kind: "excel", sheet, header, ...given({ maxRows }) });
  }

  /** Its rows, where it is a Parquet file. Throws `ERR_FILE_FORMAT`, with the columns that there are where one of `columns` is not. */
  parquet({ columns, maxRows }: ParquetOptions = {}): Promise<readonly FileRow[]> {
    return readRows(this, { kind: "parquet", ...given({ columns, maxRows }) });
  }

  async *#parts(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    const { number, services } = currentRun().session;
    const length = uploadLimits.readBytes;
    for (let from = 0; from < this.size; from += length) {
      const part = await services.readFile(number, { file: this.fileId, from, length });
      if (part?.length !== Math.min(length, this.size - from)) throw gone(this.name);
      yield new Uint8Array(part);
    }
  }
}

/** The options that were given. */
function given<T extends object>(options: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  // What is left has no undefined, which the type of entries cannot say.
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

function decoderOf(bytes: Uint8Array): string {
  const mark = bytes.length >= 2 ? ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0) : 0;
  const encoding = mark === 0xfffe ? "utf-16le" : mark === 0xfeff ? "utf-16be" : "utf-8";
  return new TextDecoder(encoding).decode(bytes);
}

function isEncoding(name: string): boolean {
  try {
    return new TextDecoder(name).encoding !== "";
  } catch {
    return false; // it knows no encoding of that name
  }
}

function gone(name: string): StrongroomError {
  return new StrongroomError(
    "ERR_FILE_GONE",
    `The file "${name}" is gone: its viewer took it back, or the server has started anew. Ask for it again, and keep what must outlive it as text or rows.`,
  );
}

const named = s.object(fileFields);

/** How a session's state writes files down: by what they are called. Whether one is there is the gateway's to say, when it is read. */
export const uploadedFiles: References = {
  nameOf(value) {
    if (!(value instanceof UploadedFile)) return undefined;
    const { fileId: id, name, type, size } = value;
    return { id, name, type, size };
  },
  byName(name) {
    const decoded = decode(named, name);
    if (!decoded.ok) throw new RangeError("What a file is called was expected.");
    return new UploadedFile(decoded.value);
  },
};

/** True unless an answer names files that its session or its widget does not have. */
export function knowsFiles(
  files: ReadonlyMap<string, FileFact>,
  widget: string,
  answer: Json | undefined,
): boolean {
  if (!Array.isArray(answer)) return true;
  return answer.every(
    (id) =>
      fileId.check(id, "") !== undefined || (typeof id === "string" && files.get(id)?.widget === widget),
  );
}
