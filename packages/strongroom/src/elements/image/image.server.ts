import { optionNames } from "../../worker/option-names.ts";
import { badOption } from "../../worker/errors.ts";
import { inline } from "../../worker/markdown.ts";
import { offer } from "../../worker/offer.ts";
import { show } from "../../worker/show.ts";
import { readPicture } from "./image-kinds.server.ts";
import { pngOf, type ImagePixels, type PixelOptions } from "./image-pixels.server.ts";
import { imageSpec } from "./image.schema.ts";
import { checkOptions } from "../check-options.server.ts";

/** Bytes of a PNG, JPEG, GIF, WebP, AVIF or SVG; the text of an SVG; a `data:` URL; a path of the app's own, `app/static/…`; or pixels. */
export type ImageSource = Uint8Array | ArrayBuffer | string | ImagePixels;

export interface ImageOptions extends PixelOptions {
  /** Below the picture, in Markdown; a list for several pictures. */
  readonly caption?: string | readonly string[];
  /** `"content"` (default) its own width, at most that of its place; `"stretch"` fills the place; a number is px. */
  readonly width?: "content" | "stretch" | number;
  /** What the picture shows, for those who cannot see it. `""` says that it only decorates. Default: the caption. */
  readonly alt?: string | readonly string[];
  /** Where a click leads. For one picture. */
  readonly link?: string;
}

const known = optionNames<ImageOptions>()({
  clamp: true,
  channels: true,
  caption: true,
  width: true,
  alt: true,
  link: true,
});

/** Shows a picture, or several in a row that wraps. */
export function image(source: ImageSource | readonly ImageSource[], options: ImageOptions = {}): void {
  checkOptions(`st.image(bytes, { caption: "…" })`, options, known);
  const { width = "content", link } = options;
  const sources = Array.isArray(source) ? (source as readonly ImageSource[]) : [source as ImageSource];
  if (sources.length < 1 || sources.length > 200)
    throw badOption("image", "source", "a picture, or a list of 1 to 200");
  if (link !== undefined && sources.length > 1)
    throw badOption("image", "link", "left out where there are several pictures");
  const captions = listOf("caption", options.caption, sources.length);
  const alts = listOf("alt", options.alt, sources.length);
  show(imageSpec, {
    images: sources.map((one, at) => {
      const caption = captions[at];
      return {
        ...placed(one, options),
        alt: alts[at] ?? caption ?? "",
        ...(caption === undefined ? {} : { caption: inline(caption) }),
      };
    }),
    width: checkedWidth(width),
    ...(link === undefined ? {} : { link }),
  });
}

function listOf(
  option: string,
  given: string | readonly string[] | undefined,
  count: number,
): readonly string[] {
  if (given === undefined) return [];
  const list = typeof given === "string" ? [given] : given;
  if (list.length === count) return list;
  throw badOption("image", option, count === 1 ? "one text" : `a list of ${count}, one for each picture`);
}

type Placed = { source: { handle: string } | { path: string }; size?: readonly [number, number] };

function placed(source: ImageSource, options: PixelOptions): Placed {
  const own = typeof source === "string" ? source.replace(/^(?:\.\/)?(?=app\/static\/)/, "/") : "";
  if (/^\/(?![/\\])[^\s\\]*$/.test(own)) return { source: { path: own } };
  const { mime, size, bytes } = readPicture(isPixels(source) ? pngOf(source, options) : bytesOf(source));
  return { source: { handle: offer({ bytes, mime }) }, ...(size === undefined ? {} : { size }) };
}

function isPixels(source: ImageSource): source is ImagePixels {
  return typeof source === "object" && "data" in source && "width" in source;
}

function bytesOf(source: Exclude<ImageSource, ImagePixels>): Uint8Array {
  if (source instanceof Uint8Array) return source;
  if (source instanceof ArrayBuffer) return new Uint8Array(source);
  if (typeof source !== "string") throw notAPicture();
  if (/^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^]*?-->\s*)?<svg[\s>]/i.test(source)) return Buffer.from(source);
  const data = /^data:image\/[a-z+.-]+;base64,/i.exec(source);
  if (data !== null) return Buffer.from(source.slice(data[0].length), "base64");
  throw /^https?:/i.test(source)
    ? badOption(
        "image",
        "source",
        "a picture of this app's own: pages ask nothing of other hosts; fetch the bytes in the script and hand them over",
      )
    : notAPicture();
}

function notAPicture(): Error {
  return badOption(
    "image",
    "source",
    "the bytes of a picture (`await readFile(…)`), the text of an SVG, or a path that begins with /",
  );
}

function checkedWidth(width: "content" | "stretch" | number): "content" | "stretch" | number {
  if (typeof width !== "number" || (width >= 1 && width <= 4_000)) return width;
  throw badOption("image", "width", '"content", "stretch" or a number of px from 1 to 4,000');
}

image.specs = [imageSpec] as const;
