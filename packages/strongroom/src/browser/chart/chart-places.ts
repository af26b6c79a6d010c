import type { DrawnChart } from "./chart-draw.ts";

/** Room round the drawing that still belongs to it. */
const reachPx = 14;

/** The place that is nearest to a pointer; nothing beside the drawing. Places rise, or fall, along the axis. */
export function nearestPlace(
  { places, plot }: Pick<DrawnChart, "places" | "plot">,
  px: number,
  horizontal: boolean,
): number | undefined {
  const [start, length] = horizontal ? [plot.top, plot.height] : [plot.left, plot.width];
  if (px < start - reachPx || px > start + length + reachPx) return undefined;
  let nearest: number | undefined;
  let distance = Infinity;
  for (let at = 0; at < places.length; at++) {
    const away = Math.abs((places[at] ?? NaN) - px);
    if (away < distance) {
      distance = away;
      nearest = at;
    }
  }
  return nearest;
}
