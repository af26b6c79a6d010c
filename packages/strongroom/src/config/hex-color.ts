/** Colours in hex: mixed, and measured against each other. */

type Rgb = readonly [number, number, number];

function parts(hex: string): Rgb {
  const long = hex.length === 4 ? hex.replaceAll(/[0-9a-f]/gi, "$&$&") : hex;
  const at = (index: number): number => Number.parseInt(long.slice(index, index + 2), 16);
  return [at(1), at(3), at(5)];
}

/** So much of one colour, the rest of the other. */
export function mixed(first: string, second: string, share: number): string {
  const [a, b] = [parts(first), parts(second)];
  const hex = a.map((part, at) =>
    Math.round(part * share + (b[at] ?? 0) * (1 - share))
      .toString(16)
      .padStart(2, "0"),
  );
  return `#${hex.join("")}`;
}

/** WCAG 2.2, relative luminance. */
function luminance(hex: string): number {
  const [r, g, b] = parts(hex).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0);
}

/** WCAG 2.2, contrast ratio: 1 for the same colour, 21 for black on white. */
export function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

/** The colour itself where it stands out from a ground so much; else mixed with black or white until it does. */
export function standingOut(color: string, ground: string, least: number): string {
  const end = contrast("#000000", ground) > contrast("#ffffff", ground) ? "#000000" : "#ffffff";
  for (let share = 1; share > 0; share -= 0.05) {
    const shade = mixed(color, end, share);
    if (contrast(shade, ground) >= least) return shade;
  }
  return end;
}
