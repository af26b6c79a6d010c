import { crc32, deflateSync } from "node:zlib";
import { badOption } from "../../worker/errors.ts";

/** A picture as numbers, row by row from the top: 0 to 255, or fractions from 0 to 1. */
export interface ImagePixels {
  readonly width: number;
  readonly height: number;
  /** One number a pixel for greys, three for colours, four with how opaque it is. */
  readonly data: ArrayLike<number>;
}

export interface PixelOptions {
  /** For pixels: numbers out of range become the nearest that is in it; else they are refused. Default `false`. */
  readonly clamp?: boolean;
  /** For pixels: the order of the colours. Default `"RGB"`. */
  readonly channels?: "RGB" | "BGR";
}

const maxPixels = 25_000_000;
/** Colour types of PNG by how many numbers a pixel has (PNG 1.2 §4.1.1). */
const colorTypes: Readonly<Record<number, number>> = { 1: 0, 3: 2, 4: 6 };

/** Makes a PNG of pixels. */
export function pngOf({ width, height, data }: ImagePixels, options: PixelOptions): Uint8Array {
  const count = width * height;
  const parts = data.length / count;
  const colorType = colorTypes[parts];
  const fits = Number.isInteger(width) && Number.isInteger(height) && count >= 1 && count <= maxPixels;
  if (!fits || colorType === undefined)
    throw badOption(
      "image",
      "source",
      "pixels with `width`, `height` and 1, 3 or 4 numbers for each in `data`",
    );
  const lines = linesOf(data, { width, height, parts, ...options });
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, colorType, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from("89504e470d0a1a0a", "hex"),
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(lines)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

interface Layout extends PixelOptions {
  readonly width: number;
  readonly height: number;
  readonly parts: number;
}

/** The rows as PNG has them: a byte that says that nothing was filtered before each. */
function linesOf(data: ArrayLike<number>, layout: Layout): Buffer {
  const { width, height, parts, channels = "RGB", clamp = false } = layout;
  const scale = isFractions(data) ? 255 : 1;
  const line = width * parts + 1;
  const lines = Buffer.alloc(line * height);
  for (let at = 0; at < data.length; at++) {
    const value = (data[at] ?? 0) * scale;
    if (!clamp && !(value >= 0 && value <= 255))
      throw badOption(
        "image",
        "source",
        "pixels from 0 to 255, or from 0 to 1; `clamp: true` cuts what is out of range",
      );
    const part = at % parts;
    const place = channels === "BGR" && parts >= 3 && part !== 3 ? at - part + (2 - part) : at;
    const row = Math.floor(place / (width * parts));
    lines[row * line + 1 + (place % (width * parts))] = Math.round(Math.max(0, Math.min(255, value || 0)));
  }
  return lines;
}

/** Floats are fractions, as in most libraries, unless one of them says otherwise; bytes never are. */
function isFractions(data: ArrayLike<number>): boolean {
  if (data instanceof Uint8Array || data instanceof Uint8ClampedArray) return false;
  return data instanceof Float32Array || data instanceof Float64Array
    ? true
    : Array.prototype.some.call(data, (value: number) => !Number.isInteger(value));
}

function chunk(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), body]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(body.length, 0);
  frame.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
}
