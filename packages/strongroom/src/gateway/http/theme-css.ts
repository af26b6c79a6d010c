/** The style sheet that a theme's options make: tokens of the browser's sheet, said anew. */
import { contrast, mixed, standingOut } from "../../config/hex-color.ts";
import type { Config } from "../../config/options.ts";

export type ThemeConfig = Pick<Config, "theme" | "theme.light" | "theme.dark">;
type Scheme = "light" | "dark";
type Colors = Partial<Config["theme.light"]>;
type Tokens = Readonly<Record<string, string>>;

/** What the browser's sheet says of ground and text, in hex. */
const own = {
  light: { ground: "#fcfbf9", text: "#182127" },
  dark: { ground: "#0d1418", text: "#e7ebed" },
} as const;
const least = { text: 4.5, edge: 3 } as const;
const palette = ["red", "orange", "yellow", "green", "blue", "violet", "gray"] as const;

/** The colours of one scheme: its own before those of both. */
export function colorsOf(config: ThemeConfig, scheme: Scheme): Colors {
  const given = (colors: Colors): Colors =>
    Object.fromEntries(Object.entries(colors).filter(([, value]) => value !== undefined));
  return { ...given(config.theme), ...given(config[`theme.${scheme}`]) };
}

/** The ground and the text of a scheme. */
export function groundAndText(colors: Colors, scheme: Scheme): { ground: string; text: string } {
  return {
    ground: colors.backgroundColor ?? own[scheme].ground,
    text: colors.textColor ?? own[scheme].text,
  };
}

/** The rules for a page; none where nothing is set. Every value was read by a kind that closes its form. */
export function themeCss(config: ThemeConfig, fontUrls: ReadonlyMap<string, string>): string {
  const faces = config.theme.fontFaces.map(
    ({ family, file, weight, style }) =>
      `@font-face{font-family:"${family}";font-weight:${weight};font-style:${style};font-display:swap;src:url("${fontUrls.get(file) ?? ""}") format("woff2")}`,
  );
  const light = rule(schemeTokens(colorsOf(config, "light"), "light"));
  const dark = rule(schemeTokens(colorsOf(config, "dark"), "dark"));
  return [
    ...faces,
    wrapped(":root", rule(shapeTokens(config.theme))),
    wrapped("@media (prefers-color-scheme:light)", wrapped(":root:not([data-theme=dark])", light)),
    wrapped(":root[data-theme=light]", light),
    wrapped("@media (prefers-color-scheme:dark)", wrapped(":root:not([data-theme=light])", dark)),
    wrapped(":root[data-theme=dark]", dark),
  ].join("");
}

function wrapped(head: string, body: string): string {
  return body === "" ? "" : `${head}{${body}}`;
}

function rule(tokens: Tokens): string {
  return Object.entries(tokens)
    .map(([name, value]) => `--${name}:${value};`)
    .join("");
}

function schemeTokens(colors: Colors, scheme: Scheme): Tokens {
  const { ground, text } = groundAndText(colors, scheme);
  return {
    ...groundTokens(colors, scheme),
    ...accentTokens(colors, ground, text),
    ...edgeTokens(colors, ground),
    ...Object.fromEntries(
      palette.flatMap((name) => {
        const color = colors[`${name}Color`];
        return color === undefined ? [] : [[name, color]];
      }),
    ),
    ...Object.fromEntries(
      (colors.chartCategoricalColors ?? []).map((color, at) => [`data-${at + 1}`, color]),
    ),
  };
}

function groundTokens(colors: Colors, scheme: Scheme): Tokens {
  const { backgroundColor, secondaryBackgroundColor, textColor } = colors;
  const { ground, text } = groundAndText(colors, scheme);
  const sunken =
    secondaryBackgroundColor ?? (backgroundColor === undefined ? undefined : mixed(text, ground, 0.03));
  return {
    ...(backgroundColor === undefined
      ? {}
      : { paper: ground, raised: mixed("#ffffff", ground, scheme === "light" ? 0.6 : 0.04) }),
    ...(sunken === undefined ? {} : { sunken }),
    ...(textColor === undefined
      ? {}
      : {
          ink: text,
          "ink-2": standingOut(mixed(text, ground, 0.78), ground, least.text),
          "ink-3": standingOut(mixed(text, ground, 0.66), ground, least.text),
        }),
  };
}

function accentTokens({ primaryColor, linkColor }: Colors, ground: string, text: string): Tokens {
  const link: Tokens = linkColor === undefined ? {} : { link: linkColor };
  if (primaryColor === undefined) return link;
  const accent = standingOut(primaryColor, ground, least.edge);
  return {
    accent,
    "accent-hover": mixed(accent, text, 0.86),
    "accent-ink": standingOut(primaryColor, ground, least.text),
    "on-accent":
      contrast("#ffffff", accent) >= least.text ? "#ffffff" : standingOut("#12181c", accent, least.text),
    ...link,
  };
}

function edgeTokens({ borderColor }: Colors, ground: string): Tokens {
  if (borderColor === undefined) return {};
  return { line: borderColor, "line-2": borderColor, "line-3": standingOut(borderColor, ground, least.edge) };
}

const fallbacks = {
  "sans-serif": 'ui-sans-serif,system-ui,"Segoe UI",Roboto,sans-serif',
  serif: "ui-serif,Georgia,Cambria,serif",
  monospace: 'ui-monospace,"SF Mono",Menlo,Consolas,"Liberation Mono",monospace',
} as const;

function family(name: string, fallback: keyof typeof fallbacks): string {
  return Object.hasOwn(fallbacks, name)
    ? fallbacks[name as keyof typeof fallbacks]
    : `"${name}",${fallbacks[fallback]}`;
}

function shapeTokens({ baseRadius: radius, font, headingFont, codeFont }: Config["theme"]): Tokens {
  return {
    ...(radius === undefined
      ? {}
      : {
          radius: `${radius}px`,
          "radius-small": `${Math.max(0, radius - 3)}px`,
          "radius-card": `${radius === 0 ? 0 : Math.min(radius + 5, 24)}px`,
        }),
    ...(font === undefined ? {} : { font: family(font, "sans-serif") }),
    ...(headingFont === undefined ? {} : { "font-heading": family(headingFont, "sans-serif") }),
    ...(codeFont === undefined ? {} : { "font-mono": family(codeFont, "monospace") }),
  };
}
