import { badOption } from "../../worker/errors.ts";

/** A picture whose kind was read from its bytes, with its own size where the head says it. */
export interface Picture {
  readonly bytes: Uint8Array;
  readonly mime: string;
  readonly size: readonly [number, number] | undefined;
}

interface Kind {
  readonly mime: string;
  readonly fits: (bytes: Buffer) => boolean;
  readonly size: (bytes: Buffer) => readonly [number, number] | undefined;
}

const kinds: readonly Kind[] = [
  {
    mime: "image/png",
    fits: (bytes) => startsWith(bytes, "89504e470d0a1a0a"),
    size: (bytes) => [bytes.readUInt32BE(16), bytes.readUInt32BE(20)],
  },
  {
    mime: "image/gif",
    fits: (bytes) => startsWith(bytes, "47494638"),
    size: (bytes) => [bytes.readUInt16LE(6), bytes.readUInt16LE(8)],
  },
  { mime: "image/jpeg", fits: (bytes) => startsWith(bytes, "ffd8ff"), size: jpegSize },
  {
    mime: "image/webp",
    fits: (bytes) => startsWith(bytes, "52494646") && bytes.toString("latin1", 8, 12) === "WEBP",
    size: webpSize,
  },
  {
    mime: "image/avif",
    fits: (bytes) => /^ftypavi[fs]/.test(bytes.toString("latin1", 4, 12)),
    size: () => undefined,
  },
  {
    mime: "image/svg+xml",
    fits: (bytes) => /<svg[\s>]/i.test(bytes.toString("utf8", 0, 2_000)),
    size: svgSize,
  },
];

/** Reads what kind of picture some bytes are. What is none of ours is refused: it would be served as a picture. */
export function readPicture(bytes: Uint8Array): Picture {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kind = kinds.find(({ fits }) => fits(buffer));
  if (kind === undefined) throw badOption("image", "source", "a PNG, JPEG, GIF, WebP, AVIF or SVG");
  return { bytes, mime: kind.mime, size: sizeOf(kind, buffer) };
}

function sizeOf(kind: Kind, bytes: Buffer): Picture["size"] {
  try {
    const size = kind.size(bytes);
    return size?.every((side) => side >= 1 && side <= 100_000) === true ? size : undefined;
  } catch {
    return undefined; // a head that is cut short: the browser finds the size, or says that it is no picture
  }
}

function startsWith(bytes: Buffer, hex: string): boolean {
  return bytes.toString("hex", 0, hex.length / 2) === hex;
}

/** The size stands in the first frame header; segments before it are skipped by their length. */
function jpegSize(bytes: Buffer): readonly [number, number] | undefined {
  for (let at = 2; at + 9 < bytes.length; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes.readUInt16BE(at);
    const isFrame = marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker);
    if (isFrame) return [bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5)];
    if (marker < 0xff00) return undefined;
  }
  return undefined;
}

function webpSize(bytes: Buffer): readonly [number, number] | undefined {
  switch (bytes.toString("latin1", 12, 16)) {
    case "VP8 ":
      return [bytes.readUInt16LE(26) & 0x3fff, bytes.readUInt16LE(28) & 0x3fff];
    case "VP8L": {
      const bits = bytes.readUInt32LE(21);
      return [(bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1];
    }
    case "VP8X":
      return [bytes.readUIntLE(24, 3) + 1, bytes.readUIntLE(27, 3) + 1];
    default:
      return undefined;
  }
}

function svgSize(bytes: Buffer): readonly [number, number] | undefined {
  const tag = /<svg[^>]{0,2000}>/i.exec(bytes.toString("utf8", 0, 4_000))?.[0] ?? "";
  const attribute = (name: string): number =>
    Number(new RegExp(`\\s${name}\\s*=\\s*["']\\s*([\\d.]+)(?:px)?\\s*["']`, "i").exec(tag)?.[1]);
  const box = /\sviewBox\s*=\s*["']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)/i.exec(tag);
  const [width, height] = [attribute("width"), attribute("height")];
  if (width > 0 && height > 0) return [width, height];
  return box === null ? undefined : [Number(box[1]), Number(box[2])];
}
