import { figure, type Figure } from "../figures.ts";
import type { Floor } from "../floor/floor.ts";
import { cpuMicros } from "../../running/processes.ts";
import { serve } from "../../running/app-server.ts";
import { pageFolder } from "../pages.ts";

/** What the server works for one first page view: the run and the rendering. */
export async function measurePageView(floor: Floor, views: number): Promise<Figure> {
  await using server = await serve(pageFolder("plain"), { core: 1, config: "[runner]\nworkers = 1\n" });
  const view = async (): Promise<void> => void (await (await fetch(server.url)).text());
  for (let turn = 0; turn < 100; turn++) await view();
  const before = cpuMicros(server.pid);
  for (let turn = 0; turn < views; turn++) await view();
  const cpu = (cpuMicros(server.pid) - before) / views;
  return figure({
    figure: "first page view: server CPU, run and rendering",
    unit: "E",
    ours: cpu / floor.roundTripMicros,
    reach: 30,
    limit: 100,
  });
}
