import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { contrast } from "../../config/hex-color.ts";
import { loadConfig } from "../../config/load.ts";
import { lookOf, type Look } from "./look.ts";

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function look(config: string, files: Readonly<Record<string, string>> = {}): Look {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "strongroom-look-")));
  made.push(folder);
  mkdirSync(join(folder, ".strongroom"));
  for (const [name, text] of Object.entries({ ".strongroom/config.toml": config, ...files }))
    writeFileSync(join(folder, name), text);
  symlinkSync("/etc/hostname", join(folder, "outside.woff2"));
  return lookOf(
    loadConfig({ appFolder: folder, home: "/nowhere", environment: {}, flags: new Map() }),
    folder,
  );
}

const token = (css: string, scheme: string, name: string): string | undefined =>
  new RegExp(`:root\\[data-theme=${scheme}\\]\\{[^}]*--${name}:([^;]+);`).exec(css)?.[1];

test("without options nothing is said anew", () => {
  expect(look("")).toEqual({
    base: undefined,
    css: "",
    fonts: new Map(),
    shows: { themeSwitch: true, pages: true, dataExport: true },
  });
});

test("what the configuration takes away is not shown", () => {
  const { base, shows } = look(
    '[client]\ntoolbarMode = "minimal"\nshowSidebarNavigation = false\ndisableDataExport = true\n[theme]\nbase = "dark"\n',
  );
  expect(base).toBe("dark");
  expect(shows).toEqual({ themeSwitch: false, pages: false, dataExport: false });
});

test("colours of both schemes and of one", () => {
  const { css } = look('[theme]\nprimaryColor = "#7a00cc"\n[theme.dark]\nprimaryColor = "#d9a6ff"\n');
  expect(token(css, "light", "accent")).toBe("#7a00cc");
  expect(token(css, "dark", "accent")).toBe("#d9a6ff");
  expect(css).toContain("@media (prefers-color-scheme:dark){:root:not([data-theme=light]){--accent:#d9a6ff;");
});

test.each(["#ffff00", "#000000", "#ffffff", "#808080", "#0a7f8a"])(
  "what is written in or on a primary colour can be read: %s",
  (primary) => {
    const { css } = look(`[theme]\nprimaryColor = "${primary}"\n`);
    for (const [scheme, ground] of [
      ["light", "#fcfbf9"],
      ["dark", "#0d1418"],
    ] as const) {
      const [accent = "", ink = "", on = ""] = ["accent", "accent-ink", "on-accent"].map((name) =>
        token(css, scheme, name),
      );
      expect(contrast(accent, ground)).toBeGreaterThanOrEqual(3);
      expect(contrast(ink, ground)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(on, accent)).toBeGreaterThanOrEqual(4.5);
    }
  },
);

test("a ground on which text cannot be read stops the start, with file and line", () => {
  expect(() => look('[theme]\nbackgroundColor = "#000000"\n')).toThrow(
    /config\.toml:2 theme\.backgroundColor: expected a colour with which text can be read in the light scheme/,
  );
  expect(() => look('[theme.dark]\nbackgroundColor = "#000000"\n')).not.toThrow();
  expect(() => look('[theme.light]\ntextColor = "#dddddd"\n')).toThrow(
    /config\.toml:2 theme\.light\.textColor/,
  );
});

test("a font is served from the app's own file, under a name that its content gives", () => {
  const { css, fonts } = look(
    '[theme]\nfont = "Inter"\ncodeFont = "monospace"\nfontFaces = [{ family = "Inter", file = "inter.woff2" }]\n',
    { "inter.woff2": "wOF2font" },
  );
  const [name = ""] = fonts.keys();
  expect(name).toMatch(/^font-[0-9a-f]{16}\.woff2$/);
  expect(css).toContain(`url("_strongroom/assets/${name}") format("woff2")`);
  expect(css).toContain('--font:"Inter",');
});

test.each([
  ["that is not there", "none.woff2", "there is no such file"],
  ["that is of another form", "text.woff2", "the file is of another form"],
  ["that a link leads out of the app to", "outside.woff2", "it lies outside of the app's folder"],
])("a font %s stops the start", (_, file, message) => {
  const config = `[theme]\nfontFaces = [{ family = "A", file = "${file}" }]\n`;
  expect(() => look(config, { "text.woff2": "text" })).toThrow(message);
});

test("a family without a file stops the start", () => {
  expect(() => look('[theme]\nheadingFont = "Inter"\n')).toThrow(
    /config\.toml:2 theme\.headingFont: expected sans-serif/,
  );
});

test("corners follow one length", () => {
  expect(look('[theme]\nbaseRadius = "none"\n').css).toBe(
    ":root{--radius:0px;--radius-small:0px;--radius-card:0px;}",
  );
  expect(look('[theme]\nbaseRadius = "14px"\n').css).toContain("--radius:14px;");
});
