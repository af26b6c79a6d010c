import { SessionStateStore } from "../../../packages/strongroom/src/worker/session-state.ts";
import { figure, median, type Figure } from "../figures.ts";
import type { Floor } from "../floor/floor.ts";

const maxBytes = 1_000_000;

/** What it takes to write a kilobyte of an author's state as bytes, after a run that changed it. */
export function measureDump(floor: Floor, times: number): Figure {
  const state = new SessionStateStore(true);
  const micros = Array.from({ length: times }, (_, turn) => {
    state.set("basket", basketOf(turn));
    const begun = performance.now();
    const dump = state.dump(maxBytes);
    const took = (performance.now() - begun) * 1_000;
    if (dump === undefined || dump.weight < 1_000) throw new Error("A dump of a kilobyte was expected.");
    return took;
  });
  return figure({
    figure: "dump of a 1 KB state",
    unit: "E",
    ours: median(micros) / floor.roundTripMicros,
    reach: 0.5,
    limit: 1,
  });
}

/** Plain data of about a kilobyte, another one each turn. */
function basketOf(turn: number): object {
  const items = Array.from({ length: 14 }, (_, index) => ({
    name: `Article ${turn + index} of the house`,
    count: index,
    price: turn / 4,
    isGift: index % 2 === 0,
  }));
  return { items, begun: new Date(turn * 1_000), note: "Please ring twice." };
}
