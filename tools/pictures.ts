import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { run as build } from "./build.ts";
import { root } from "./paths.ts";
import { ensurePrograms } from "./test/programs.ts";

/** Photographs `examples/hello`, wide and on a phone, light and dark, into `docs/pictures` or the folder that is named. */
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
  await using server = await serve(join(root, "examples", "hello"));
  await using browser = await launchChromium();
  mkdirSync(folder, { recursive: true });
  for (const width of [1_280, 390]) {
    for (const colorScheme of ["light", "dark"] as const) {
      const page = await browser.newPage({
        viewport: { width, height: width === 390 ? 844 : 1_240 },
        isMobile: width === 390,
        hasTouch: width === 390,
        colorScheme,
      });
      await page.goto(server.url);
      await page.waitForTimeout(1_500);
      // By now its font is there, which a first visit does without.
      await page.reload();
      await page.waitForTimeout(2_500);
      await page.screenshot({ path: join(folder, `hello-${width}-${colorScheme}.png`), fullPage: true });
      await page.close();
    }
  }
  return 0;
}
