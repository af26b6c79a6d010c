import { createHash } from "node:crypto";
import { readFileSync, realpathSync } from "node:fs";
import { join, sep } from "node:path";
import { contrast } from "../../config/hex-color.ts";
import type { LoadedConfig } from "../../config/load.ts";
import type { Config } from "../../config/options.ts";
import { misfit } from "../../config/problem.ts";
import type { Boot, Theme } from "../../wire/boot.ts";
import { colorsOf, groundAndText, themeCss } from "./theme-css.ts";

/** What the configuration says of how pages look. */
export interface Look {
  /** The scheme of viewers who have chosen none; the system's where there is none. */
  readonly base: Theme | undefined;
  readonly css: string;
  /** The app's fonts, by the names under which they are served. */
  readonly fonts: ReadonlyMap<string, Buffer>;
  readonly shows: Boot["shows"];
}

export const plainLook: Look = {
  base: undefined,
  css: "",
  fonts: new Map(),
  shows: { themeSwitch: true, pages: true, dataExport: true },
};

/** Reads fonts and makes the style sheet; throws where text could not be read, or a font is none. */
export function lookOf(loaded: LoadedConfig, appFolder: string): Look {
  const { config } = loaded;
  const { client, theme } = config;
  refuseUnreadable(loaded);
  refuseUnknownFonts(loaded);
  const files = new Map(theme.fontFaces.map(({ file }) => [file, readFont(file, appFolder, loaded)]));
  const names = new Map(
    [...files].map(([file, bytes]) => [
      file,
      `font-${createHash("sha256").update(bytes).digest("hex").slice(0, 16)}.woff2`,
    ]),
  );
  const urls = new Map([...names].map(([file, name]) => [file, `_strongroom/assets/${name}`]));
  return {
    base: theme.base === "auto" ? undefined : theme.base,
    css: themeCss(config, urls),
    fonts: new Map([...files].map(([file, bytes]) => [names.get(file) ?? "", bytes])),
    shows: {
      themeSwitch: client.toolbarMode !== "minimal",
      pages: client.showSidebarNavigation,
      dataExport: !client.disableDataExport,
    },
  };
}

const textContrast = 4.5;

function refuseUnreadable({ config, origins }: LoadedConfig): void {
  for (const scheme of ["light", "dark"] as const) {
    const colors = colorsOf(config, scheme);
    const { ground, text } = groundAndText(colors, scheme);
    for (const [key, on] of [
      ["backgroundColor", ground],
      ["secondaryBackgroundColor", colors.secondaryBackgroundColor],
    ] as const) {
      const name = [
        `theme.${scheme}.${key}`,
        `theme.${key}`,
        `theme.${scheme}.textColor`,
        "theme.textColor",
      ].find((option) => origins.has(option));
      if (on === undefined || name === undefined || contrast(text, on) >= textContrast) continue;
      throw misfit(
        { place: origins.get(name) ?? "", name },
        `a colour with which text can be read in the ${scheme} scheme, a contrast of at least ${textContrast} to 1`,
        "Colours that fit one scheme only stand below [theme.light] or [theme.dark].",
      );
    }
  }
}

const generic: ReadonlySet<string> = new Set(["sans-serif", "serif", "monospace", "Geist", "Geist Mono"]);

function refuseUnknownFonts({ config, origins }: LoadedConfig): void {
  const known = new Set([...generic, ...config.theme.fontFaces.map(({ family }) => family)]);
  for (const key of [
    "font",
    "headingFont",
    "codeFont",
  ] as const satisfies readonly (keyof Config["theme"])[]) {
    const family = config.theme[key];
    if (family === undefined || known.has(family)) continue;
    const name = `theme.${key}`;
    throw misfit(
      { place: origins.get(name) ?? "", name },
      `sans-serif, serif, monospace, or a family of theme.fontFaces: fonts come from the app's own files`,
    );
  }
}

const maxFontBytes = 5_000_000;

function readFont(file: string, appFolder: string, { origins }: LoadedConfig): Buffer {
  const wrong = (why: string): Error =>
    misfit(
      { place: origins.get("theme.fontFaces") ?? "", name: "theme.fontFaces" },
      `a font in the form WOFF2 at ${file}; ${why}`,
    );
  let bytes: Buffer;
  try {
    const path = realpathSync(join(appFolder, file));
    if (!path.startsWith(`${appFolder}${sep}`)) throw wrong("it lies outside of the app's folder");
    bytes = readFileSync(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT")
      throw wrong("there is no such file in the app's folder");
    throw error;
  }
  if (bytes.toString("latin1", 0, 4) !== "wOF2") throw wrong("the file is of another form");
  if (bytes.length > maxFontBytes) throw wrong(`at most ${maxFontBytes / 1_000_000} MB`);
  return bytes;
}
