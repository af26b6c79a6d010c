import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const css = readFileSync(new URL("tokens.css", import.meta.url), "utf8");

type Colour = readonly [lightness: number, chroma: number, hue: number, alpha: number];
type Scheme = "light" | "dark";

/** What a token says, in one of the schemes, down to a colour. */
function colour(token: string, scheme: Scheme): Colour {
  const text = new RegExp(`--${token}:\\s*([^;]+);`).exec(css)?.[1]?.replace(/\s+/g, " ").trim();
  if (text === undefined) throw new Error(`No token --${token}`);
  return parse(text, scheme);
}

function parse(text: string, scheme: Scheme): Colour {
  const pair = /^light-dark\( ?(.*?\)), (.*\)) ?\)$/.exec(text);
  if (pair !== null) return parse((scheme === "light" ? pair[1] : pair[2]) ?? "", scheme);
  const named = /^var\(--([a-z0-9-]+)\)$/.exec(text);
  if (named !== null) return colour(named[1] ?? "", scheme);
  const mix = /^color-mix\(in oklch, (.+?) ([\d.]+)%, transparent\)$/.exec(text);
  if (mix !== null) {
    const [l, c, h] = parse(mix[1] ?? "", scheme);
    return [l, c, h, Number(mix[2]) / 100];
  }
  const numbers = /^oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)$/.exec(text);
  if (numbers === null) throw new Error(`No colour: ${text}`);
  return [Number(numbers[1]), Number(numbers[2]), Number(numbers[3]), 1];
}

/** Linear light of sRGB, clamped to what a screen shows (CSS Color 4, sample code for OKLab). */
function linear([lightness, chroma, hue]: Colour): readonly number[] {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ].map((part) => Math.min(1, Math.max(0, part)));
}

const encode = (part: number): number =>
  part <= 0.0031308 ? 12.92 * part : 1.055 * part ** (1 / 2.4) - 0.055;
const decode = (part: number): number => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);

/** A colour on a ground: browsers mix in encoded sRGB. */
function over(top: Colour, ground: readonly number[]): readonly number[] {
  return linear(top).map((part, at) =>
    decode(encode(part) * top[3] + encode(ground[at] ?? 0) * (1 - top[3])),
  );
}

/** WCAG 2.2, relative luminance and contrast ratio. */
function luminance([r = 0, g = 0, b = 0]: readonly number[]): number {
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(text: string, grounds: readonly string[], scheme: Scheme): number {
  const ground = grounds.reduce<readonly number[]>(
    (below, token) => over(colour(token, scheme), below),
    [1, 1, 1],
  );
  const [a, b] = [luminance(over(colour(text, scheme), ground)), luminance(ground)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

const grounds = [["paper"], ["raised"], ["sunken"]] as const;
const texts = [
  "ink",
  "ink-2",
  "ink-3",
  "accent",
  "accent-ink",
  "good",
  "bad",
  "warn",
  "red",
  "orange",
  "yellow",
  "green",
  "blue",
  "violet",
  "gray",
];

describe.each<Scheme>(["light", "dark"])("in %s", (scheme) => {
  test.each(texts)("%s can be read on every ground", (text) => {
    for (const ground of grounds)
      expect(contrast(text, ground, scheme), `on ${ground[0]}`).toBeGreaterThanOrEqual(4.5);
  });

  test.each([
    ["on-accent", ["accent"]],
    ["on-accent", ["accent-hover"]],
    ["accent-ink", ["raised", "wash"]],
    ["ink", ["raised", "wash"]],
    ["ink", ["paper", "press"]],
    ["good", ["raised", "good-wash"]],
    ["bad", ["raised", "bad-wash"]],
    ["warn", ["raised", "warn-wash"]],
  ] as const)("%s can be read on %j", (text, on) => {
    expect(contrast(text, on, scheme)).toBeGreaterThanOrEqual(4.5);
  });

  test.each(["accent", "bad", "line-3", "data-1", "data-2", "data-3", "data-4", "data-5"])(
    "%s stands out on every ground",
    (token) => {
      for (const ground of grounds)
        expect(contrast(token, ground, scheme), `on ${ground[0]}`).toBeGreaterThanOrEqual(3);
    },
  );
});

test("ink on paper is as measured", () => {
  expect(contrast("ink", ["paper"], "light")).toBeCloseTo(15.8, 0);
  expect(contrast("ink", ["paper"], "dark")).toBeCloseTo(15.6, 0);
});
