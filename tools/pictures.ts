import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { run as build } from "./build.ts";
import { root } from "./paths.ts";
import { ensurePrograms } from "./test/programs.ts";

interface Subject {
  readonly example: string;
  /** What a viewer has done before the picture is taken. */
  readonly prepare?: (page: Page) => Promise<void>;
}

const subjects: readonly Subject[] = [
  { example: "hello" },
  {
    example: "stockroom",
    prepare: async (page) => {
      await page.getByRole("row").filter({ hasText: "BR-1060" }).getByRole("gridcell").first().click();
      await page.getByRole("tab", { name: "Book" }).waitFor();
    },
  },
];

/** Photographs examples, wide and on a phone, light and dark, into `docs/pictures` or the folder that is named. */
export async function run([
  folder = join(root, "docs", "pictures"),
]: readonly string[] = []): Promise<number> {
  await ensurePrograms();
  const code = await build();
  if (code !== 0) return code;
  const [{ launchChromium }, { serve }] = await Promise.all([
    import("../tests/chromium.ts"),
    import("../tests/running/app-server.ts"),
  ]);
  await using browser = await launchChromium();
  mkdirSync(folder, { recursive: true });
  for (const subject of subjects) {
    await using server = await serve(join(root, "examples", subject.example));
    for (const width of [1_280, 390]) {
      for (const colorScheme of ["light", "dark"] as const) {
        const path = join(folder, `${subject.example}-${width}-${colorScheme}.png`);
        await photograph(browser, server.url, { ...subject, width, colorScheme, path });
      }
    }
  }
  return 0;
}

interface Picture extends Subject {
  readonly width: number;
  readonly colorScheme: "light" | "dark";
  readonly path: string;
}

async function photograph(browser: Browser, url: string, picture: Picture): Promise<void> {
  const { width, colorScheme, path, prepare } = picture;
  const isPhone = width < 500;
  const page = await browser.newPage({
    viewport: { width, height: 844 },
    isMobile: isPhone,
    hasTouch: isPhone,
    colorScheme,
  });
  await page.goto(url);
  await page.waitForTimeout(1_500);
  // By now its font is there, which a first visit does without.
  await page.reload();
  await page.waitForTimeout(1_500);
  await prepare?.(page);
  await page.waitForTimeout(1_500);
  // As high as the page, so that what stands beside it is seen whole.
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  if (!isPhone) await page.setViewportSize({ width, height });
  await page.mouse.move(width - 2, 2);
  await page.evaluate(() => {
    window.scrollTo(0, 0);
  });
  await page.waitForTimeout(500);
  await page.screenshot({ path, fullPage: true });
  await page.close();
}
