import { expect, test } from "vitest";
import { View, parse } from "vega";
import { expressionInterpreter } from "vega-interpreter";
import { compile } from "vega-lite";
import "./chart-draw.ts";
import type { ChartInput } from "./chart-input.ts";
import { chartSpec } from "./chart-spec.ts";

const months: ChartInput = {
  mark: "line",
  stack: "none",
  horizontal: false,
  xType: "date",
  x: [Date.UTC(2026, 0), Date.UTC(2026, 1), Date.UTC(2026, 6)],
  series: [
    { name: "Lisbon", color: "var(--data-1)", values: [12, 13, null] },
    { name: "Oslo", color: "var(--data-2)", values: [-3, -2, 18] },
  ],
  xLabel: undefined,
  yLabel: "°C",
  format: undefined,
  locale: "en",
};
const bars: ChartInput = { ...months, mark: "bar", stack: "stacked", xType: "text", x: ["a", "b", "a"] };

/** Compiles and draws as the browser does, by the interpreter alone, and says what Vega-Lite warned of. */
async function drawn(input: ChartInput): Promise<{ svg: string; warnings: string[] }> {
  const warnings: string[] = [];
  const warn = (...args: readonly unknown[]) => (warnings.push(args.join(" ")), logger);
  const logger = { level: () => logger, error: warn, warn, info: () => logger, debug: () => logger } as never;
  const { spec } = compile(chartSpec(input, { width: 600, height: 240, font: "sans-serif" }), { logger });
  const view = new View(parse(spec, undefined, { ast: true }), {
    renderer: "none",
    expr: expressionInterpreter,
  });
  return { svg: await view.toSVG(), warnings };
}

const marks = (svg: string, role: string): number =>
  svg.match(new RegExp(`<path[^>]* ${role}`, "g"))?.length ?? 0;

test.each([
  ["pieces have no halves", [1, 2], />0\.5</, false],
  ["other numbers have", [1, 1.5], />0\.5</, true],
] as const)("on the axis, %s", async (_, values, half, isThere) => {
  const series = [{ name: "Orders", color: "var(--data-1)", values }];
  const { svg } = await drawn({ ...bars, x: ["a", "b"], series });
  expect(svg).toContain(">1<");
  expect(half.test(svg)).toBe(isThere);
});

test.each([
  ["lines over dates", months],
  ["lines over numbers", { ...months, xType: "number", x: [1, 2, 3] }],
  ["lines over names", { ...months, xType: "text", x: ["a", "b", "c"] }],
  ["a single point", { ...months, x: [Date.UTC(2026, 0)] }],
  ["layered areas", { ...months, mark: "area", stack: "layered" }],
  ["stacked areas", { ...months, mark: "area", stack: "stacked" }],
  ["areas round the middle", { ...months, mark: "area", stack: "center" }],
  ["stacked bars", bars],
  ["bars side by side", { ...bars, stack: "grouped" }],
  ["shares", { ...bars, stack: "normalize" }],
  ["lying bars", { ...bars, horizontal: true }],
  ["lying bars side by side", { ...bars, horizontal: true, stack: "grouped" }],
] as const satisfies readonly (readonly [string, ChartInput])[])(
  "draws %s without a warning",
  async (_, input) => {
    const { svg, warnings } = await drawn(input);
    expect(warnings).toEqual([]);
    if (input.stack !== "center") expect(svg).toContain('stroke="var(--line)"');
    expect(svg).toMatch(/var\(--data-1\)/);
  },
);

test("bars of one name stand beside each other, each with its name", async () => {
  const { svg } = await drawn({
    ...bars,
    series: [{ name: "n", color: "var(--data-1)", values: [1, 2, 3] }],
  });
  expect(svg.match(/>a<\/text>/g)).toHaveLength(2);
  expect(marks(svg, 'fill="var\\(--data-1\\)"')).toBe(3);
});

test.each([
  ["between gaps", [null, 4, null, 1, 2], 1],
  ["alone in a chart", [4], 1],
  ["with neighbours", [3, 4, 5], 0],
])("a point %s is drawn as one where no line leads to it", async (_, values, points) => {
  const x = values.map((__, at) => at);
  const series = [{ name: "n", color: "var(--data-1)", values }];
  for (const mark of ["line", "area"] as const) {
    const { svg, warnings } = await drawn({ ...months, mark, xType: "number", x, series });
    expect(warnings).toEqual([]);
    expect(svg.match(/aria-roledescription="point"|d="M[\d.]+,0A/g) ?? []).toHaveLength(points);
  }
});

test("a single bar is no block of colour", async () => {
  const series = [{ name: "n", color: "var(--data-1)", values: [5] }];
  const { svg } = await drawn({ ...bars, x: ["a"], series });
  const [, from = 0, to = 0] = /d="M([\d.]+),[\d.]+L([\d.]+)/.exec(svg)?.map(Number) ?? [];
  expect(Math.abs(to - from)).toBeLessThan(73);
});

test("labels of an axis speak the viewer's language and the author's format", async () => {
  expect((await drawn({ ...months, format: "%d °C" })).svg).toContain(">10 °C</text>");
  const dates = { ...months, x: [Date.UTC(2026, 3), Date.UTC(2026, 4), Date.UTC(2026, 11)] };
  expect((await drawn({ ...dates, locale: "de" })).svg).toContain(">Dez</text>");
  expect((await drawn({ ...bars, stack: "normalize" })).svg).toContain("%</text>");
});

test("few days are named once each, and nothing between them", async () => {
  const x = [Date.UTC(2026, 0, 1), Date.UTC(2026, 0, 2), Date.UTC(2026, 0, 3)];
  const labels = [...(await drawn({ ...months, x })).svg.matchAll(/>(Jan \d+)<\/text>/g)].map(
    (match) => match[1],
  );
  expect(labels).toEqual(["Jan 1", "Jan 2", "Jan 3"]);
});

test("text of the data stays text", async () => {
  const { svg } = await drawn({ ...bars, x: ["<img src=x onerror=alert(1)>", "datum.y", "b"] });
  expect(svg).toContain("&lt;img");
  expect(svg).not.toContain("<img");
});
