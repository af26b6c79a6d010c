import { randomBytes } from "node:crypto";
import { Mask } from "../../../packages/strongroom/src/secrets/mask.ts";
import { figure, median, type Figure } from "../figures.ts";

const secretCount = 100;
const rounds = 9;
const framesARound = 20_000;

/** What it costs to look through a frame of 100 bytes for 100 secrets in every form, of all that an interaction costs. */
export function measureRedaction(interactionMicros: number): Figure {
  const mask = new Mask({
    keys: Array.from({ length: secretCount }, () => randomBytes(24).toString("base64")),
  });
  // Each text is another one, flat in memory as one from a socket is.
  const frames = Array.from({ length: 1_000 }, (_, index) =>
    Buffer.from(
      JSON.stringify({
        t: "patch",
        tree: index,
        ops: [["=", "metric:Warmth", { value: `${index} °C, 40 %` }, []]],
        done: index,
      }),
    ).toString(),
  );
  const times = Array.from({ length: rounds }, () => {
    const begun = process.cpuUsage();
    for (let turn = 0; turn < framesARound; turn++) mask.finds(frames[turn % frames.length] ?? "");
    const { user, system } = process.cpuUsage(begun);
    return (user + system) / framesARound;
  });
  return figure({
    figure: `redaction share of an interaction, ${secretCount} secrets`,
    unit: "%",
    ours: (median(times) / interactionMicros) * 100,
    reach: 1,
    limit: 3,
  });
}
