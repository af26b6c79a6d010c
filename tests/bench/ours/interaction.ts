import { figure, median, quantile, type Figure } from "../figures.ts";
import type { Floor } from "../floor/floor.ts";
import { cpuMicros } from "../../running/processes.ts";
import type { Seen } from "../streamlit/streamlit.ts";
import { openRaw, openRawWhole, type OpenedRaw, type RawSession } from "../../running/raw-session.ts";
import { serve } from "../../running/app-server.ts";
import { pageFolder } from "../pages.ts";

interface Given {
  readonly floor: Floor;
  readonly streamlit: Seen | undefined;
  readonly steps: number;
}

/** One slider step on a page of 31 elements, at a raw client, through gateway and worker. */
export async function measureInteraction({ floor, streamlit, steps }: Given): Promise<readonly Figure[]> {
  await using server = await serve(pageFolder("plain"), { core: 1, config: "[runner]\nworkers = 1\n" });
  const { session, nodes } = await openRawWhole(server.url);
  await slide(session, 500);
  const before = cpuMicros(server.pid);
  const { micros, bytes, frames } = await slide(session, steps);
  const cpu = (cpuMicros(server.pid) - before) / steps;
  const perSecond = await rate(server.url, steps);
  const E = floor.roundTripMicros;
  const seen = (share: number): number | null =>
    streamlit === undefined ? null : (quantile(streamlit.seconds, share) * 1e6) / E;
  return [
    figure({
      figure: "bytes down ÷ JSON of the changed elements",
      unit: "ratio",
      ours: median(bytes) / changedBytes(nodes, steps),
      reach: 1.1,
      limit: 1.3,
    }),
    figure({
      figure: "interaction at a raw client, p50",
      unit: "E",
      ours: median(micros) / E,
      floor: floor.throughMicros / E,
      streamlit: seen(0.5),
      reach: 4,
      limit: 6,
    }),
    figure({
      figure: "interaction at a raw client, p99",
      unit: "E",
      ours: quantile(micros, 0.99) / E,
      streamlit: seen(0.99),
      reach: 20,
      limit: 50,
    }),
    figure({
      figure: "interactions a second, one core, 50 sessions",
      unit: "1/s",
      ours: perSecond,
      floor: floor.throughPerSecond,
      streamlit: streamlit?.perSecond ?? null,
      reach: 10_000,
      limit: 4_000,
      isFloor: true,
    }),
    figure({
      figure: "CPU for an interaction",
      unit: "C",
      ours: cpu / floor.cpuMicros,
      floor: floor.throughCpuMicros / floor.cpuMicros,
      reach: 6,
      limit: 10,
    }),
    figure({
      figure: "bytes down, an interaction",
      unit: "B",
      ours: median(bytes),
      streamlit: streamlit === undefined ? null : median(streamlit.bytes),
      reach: 150,
      limit: 300,
    }),
    figure({
      figure: "frames down, an interaction",
      unit: "frames",
      ours: median(frames),
      streamlit: streamlit === undefined ? null : median(streamlit.frames),
      reach: 1,
      limit: 2,
    }),
  ];
}

/** The one element that a step changes, told whole as JSON: its id, kind and properties. */
function changedBytes(nodes: OpenedRaw["nodes"], step: number): number {
  const [id, , kind, props] = nodes.find(([, , , given]) => isMetricOf(given, "Level now")) ?? [];
  if (id === undefined || typeof props !== "object") throw new Error("The page has no metric of its slider.");
  return Buffer.byteLength(JSON.stringify({ id, kind, props: { ...props, value: step } }));
}

function isMetricOf(props: unknown, label: string): boolean {
  return typeof props === "object" && JSON.stringify(props).includes(JSON.stringify(label));
}

async function slide(
  session: RawSession,
  steps: number,
): Promise<{ micros: number[]; bytes: number[]; frames: number[] }> {
  const micros: number[] = [];
  const bytes: number[] = [];
  const frames: number[] = [];
  for (let step = 0; step < steps; step++) {
    const begun = performance.now();
    const seen = await session.slide(1 + (step % 900_000));
    micros.push((performance.now() - begun) * 1_000);
    bytes.push(seen.bytes);
    frames.push(seen.frames);
  }
  return { micros, bytes, frames };
}

async function rate(url: string, steps: number): Promise<number> {
  const sessions = await Promise.all(Array.from({ length: 50 }, () => openRaw(url)));
  const each = Math.max(20, Math.round(steps / 25));
  await Promise.all(sessions.map((session) => slide(session, 20)));
  const begun = performance.now();
  await Promise.all(sessions.map((session) => slide(session, each)));
  const elapsed = performance.now() - begun;
  for (const session of sessions) session.close();
  return (sessions.length * each * 1_000) / elapsed;
}
