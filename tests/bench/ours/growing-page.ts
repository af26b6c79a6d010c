import { figure, type Figure } from "../figures.ts";
import { cpuMicros } from "../../running/processes.ts";
import { openRaw } from "../../running/raw-session.ts";
import { serve } from "../../running/app-server.ts";
import { pageFolder } from "../pages.ts";

const few = 310;
const many = 3_100;

/** Whether a rerun of ten times the elements costs ten times as much, and not more. */
export async function measureGrowingPage(steps: number): Promise<Figure> {
  const atFew = await costOf(few, steps * 4);
  const atMany = await costOf(many, steps);
  return figure({
    figure: `CPU for each element of a rerun: ${many.toLocaleString("en")} elements ÷ ${few}`,
    unit: "ratio",
    ours: atMany / many / (atFew / few),
    reach: 1,
    limit: 1.3,
  });
}

async function costOf(elements: number, steps: number): Promise<number> {
  await using server = await serve(pageFolder("growing"), { core: 1, config: "[runner]\nworkers = 1\n" });
  const session = await openRaw(`${server.url}?elements=${elements}`);
  for (let step = 1; step <= steps; step++) await session.slide(step);
  const before = cpuMicros(server.pid);
  for (let step = 1; step <= steps; step++) await session.slide(steps + step);
  const cost = (cpuMicros(server.pid) - before) / steps;
  session.close();
  return cost;
}
