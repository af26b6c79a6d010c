import type { st } from "strongroom";
import type { Count } from "./strikes.ts";

type Options = NonNullable<Parameters<typeof st.metric>[2]>;

/** What a figure of the last year shows beside its value: the change on the year before, and the way there. */
export function trend(
  years: readonly Count[],
  name: "reports" | "damaged" | "night" | "cost",
  options: Options,
): Options {
  const [before, now] = years.slice(-2);
  const way = years.map((year) => year[name]);
  const shown = { border: true, chartData: way, ...options };
  if (before === undefined || now === undefined || before[name] === 0) return shown;
  const isShare = options.format === "percent";
  const change = isShare ? now[name] - before[name] : now[name] / before[name] - 1;
  const delta = `${(100 * change).toFixed(1)} ${isShare ? "pts" : "%"}`;
  return { ...shown, delta, deltaDescription: `on ${before.name}` };
}
