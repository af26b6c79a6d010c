import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { figure, median, type Figure } from "../figures.ts";
import { inNodeStarts, type Floor } from "../floor/floor.ts";
import { serve, startApp } from "../../running/app-server.ts";
import { pageFolder } from "../pages.ts";

/** From the command to an address that answers, with the app compiled. */
export async function measureStart(floor: Floor, streamlitMs: number | undefined): Promise<Figure> {
  const ours = await inNodeStarts(9, async () => {
    const begun = performance.now();
    await using program = startApp(join(pageFolder("plain"), "app.ts"));
    await program.line(/^ready (http:\S+)$/);
    return performance.now() - begun;
  });
  return figure({
    figure: "`strongroom run` → listening with the app compiled",
    unit: "N",
    ours,
    streamlit: streamlitMs === undefined ? null : streamlitMs / floor.nodeStartMs,
    reach: 2.5,
    limit: 4,
  });
}

/** From a save of `app.ts` to the changed text in the browser, the session kept. */
export async function measureSave(page: Page): Promise<Figure> {
  await using server = await serve(pageFolder("plain"));
  await page.goto(server.url);
  await page.waitForTimeout(1_000);
  const script = join(server.folder, "app.ts");
  const times: number[] = [];
  for (let turn = 1; turn <= 5; turn++) {
    const title = `Saved ${turn} times`;
    const text = readFileSync(script, "utf8").replace(/st\.title\(".*"\)/, `st.title("${title}")`);
    const begun = performance.now();
    writeFileSync(script, text);
    await page.getByRole("heading", { name: title }).waitFor();
    times.push(performance.now() - begun);
    await page.waitForTimeout(700);
  }
  return figure({
    figure: "save of `app.ts` → changed page, session kept",
    unit: "ms",
    ours: median(times),
    reach: 100,
    limit: 250,
  });
}
