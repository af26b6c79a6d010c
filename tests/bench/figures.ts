/** One line of the table. Ratios are of this run only. */
export interface Figure {
  readonly figure: string;
  readonly unit: string;
  readonly ours: number | null;
  /** The same work by a bare echo through the same number of processes, in the same unit. */
  readonly floor: number | null;
  readonly streamlit: number | null;
  /** Met by prototypes of these parts. */
  readonly reach: number;
  /** Must not be passed. */
  readonly limit: number;
  readonly within: boolean | null;
}

type Given = Omit<Figure, "within" | "floor" | "streamlit"> & {
  readonly floor?: number | null;
  readonly streamlit?: number | null;
  /** True where more is better. */
  readonly isFloor?: boolean;
};

export function figure(given: Given): Figure {
  const { isFloor = false, floor = null, streamlit = null, ...rest } = given;
  const { ours, limit } = rest;
  return {
    ...rest,
    floor,
    streamlit,
    within: ours === null ? null : isFloor ? ours >= limit : ours <= limit,
  };
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The table as Markdown. */
export function table(figures: readonly Figure[], heading: readonly string[]): string {
  const rows = figures.map(({ figure: name, unit, ours, floor, streamlit, reach, limit, within }) =>
    [
      name,
      unit,
      shown(ours),
      shown(floor),
      shown(streamlit),
      shown(reach),
      shown(limit),
      verdict(within, ours, reach, limit),
    ].join(" | "),
  );
  return [
    ...heading,
    "",
    "| figure | unit | ours | floor | Streamlit 1.67 | reach | limit | |",
    "| --- | --- | --: | --: | --: | --: | --: | --- |",
    ...rows.map((row) => `| ${row} |`),
    "",
  ].join("\n");
}

function shown(value: number | null): string {
  if (value === null) return "";
  return value >= 1_000 ? Math.round(value).toLocaleString("en") : String(Number(value.toPrecision(3)));
}

function verdict(within: boolean | null, ours: number | null, reach: number, limit: number): string {
  if (within === null || ours === null) return "not measured";
  if (!within) return "**over the limit**";
  const isReached = limit < reach ? ours >= reach : ours <= reach;
  return isReached ? "within reach" : "within the limit";
}
