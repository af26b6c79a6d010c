/** Kinds of values that themes are made of. They stand in style sheets: each is one closed form. */
import { list, text, type Kind } from "./kinds.ts";

/** A colour in hex. */
export const color: Kind<string> = text(
  'a colour in hex, such as "#0a7f8a"',
  /^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i,
);

/** A list of so many colours. */
export function colors(min: number, max: number): Kind<readonly string[]> {
  const all = list(color);
  return {
    ...all,
    expected: `a list of ${min} to ${max} colours in hex, such as ["#0a7f8a", "#c98500"]`,
    read(value) {
      const read = all.read(value);
      return read !== undefined && read.length >= min && read.length <= max ? read : undefined;
    },
  };
}

const words: Readonly<Record<string, number>> = { none: 0, small: 4, medium: 9, large: 14, full: 40 };

/** A length in px, or a word for one. */
export function px(min: number, max: number): Kind<number> {
  return {
    expected: `${Object.keys(words)
      .map((word) => `"${word}"`)
      .join(", ")}, or px from "${min}px" to "${max}px"`,
    read(value) {
      const named = typeof value === "string" && Object.hasOwn(words, value) ? words[value] : undefined;
      const [, digits] = typeof value === "string" ? (/^(\d{1,3})px$/.exec(value) ?? []) : [];
      const length = named ?? (digits === undefined ? undefined : Number(digits));
      return length !== undefined && length >= min && length <= max ? length : undefined;
    },
    show: (length) => `"${length}px"`,
  };
}

const familyPattern = /^[\p{L}\p{N}][\p{L}\p{N} _-]{0,60}$/u;

/** The name of a family: nothing that would end a value in a style sheet. */
export const fontFamily: Kind<string> = text("the name of a font's family", familyPattern);

/** One file of a font. */
export interface FontFace {
  readonly family: string;
  /** Below the app's folder. */
  readonly file: string;
  /** One weight, or the range of a variable font. Default: `"100 900"`. */
  readonly weight: string;
  readonly style: "normal" | "italic";
}

const faceKeys: ReadonlySet<string> = new Set(["family", "file", "weight", "style"]);

export const fontFaces: Kind<readonly FontFace[]> = {
  expected:
    'a list of tables like { family = "Inter", file = "fonts/inter.woff2" }: files of the app in the form WOFF2, no addresses; weight like "400" or "100 900", style "normal" or "italic"',
  read(value) {
    if (!Array.isArray(value) || value.length > 50) return undefined;
    const faces = value.map(faceOf);
    return faces.every((face) => face !== undefined) ? Object.freeze(faces) : undefined;
  },
  show: (faces) =>
    `[${faces.map(({ family, file, weight, style }) => `{ family = "${family}", file = "${file}", weight = "${weight}", style = "${style}" }`).join(", ")}]`,
};

function faceOf(value: unknown): FontFace | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { family, file, weight = "100 900", style = "normal" } = value as Record<string, unknown>;
  const fits =
    Object.keys(value).every((key) => faceKeys.has(key)) &&
    typeof family === "string" &&
    familyPattern.test(family) &&
    typeof file === "string" &&
    /^(?!\/)[^\0\\:]{1,300}\.woff2$/i.test(file) &&
    !file.split("/").includes("..") &&
    /^\d{1,4}(?: \d{1,4})?$/.test(String(weight));
  if (!fits || (style !== "normal" && style !== "italic")) return undefined;
  return Object.freeze({ family, file, weight: String(weight), style });
}
