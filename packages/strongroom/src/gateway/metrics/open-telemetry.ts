import { counters, gauges, type Measures } from "./measures.ts";

/** Where version 1 of OpenTelemetry's interface keeps what an operator has set up in this process. */
const setUp = Symbol.for("opentelemetry.js.api.1");

/**
 * Reports the numbers to the OpenTelemetry meter provider that runs in this process, where an operator has started one
 * (`NODE_OPTIONS="--import ./telemetry.mjs"`); answers whether there is one. Names have a dot where Prometheus has the
 * first underscore, and no `_total`.
 */
export async function reportToOpenTelemetry(measure: () => Measures): Promise<boolean> {
  const present: unknown = Reflect.get(globalThis, setUp);
  if (typeof present !== "object" || present === null || !("metrics" in present)) return false;
  const { metrics } = await import("@opentelemetry/api");
  const meter = metrics.getMeter("strongroom");
  for (const { name, help: description, read } of gauges) {
    const unit = name.endsWith("_bytes") ? "By" : "1";
    meter
      .createObservableGauge(dotted(name), { description, unit })
      .addCallback((result) => result.observe(read(measure())));
  }
  for (const { name, help: description, label, read } of counters) {
    meter.createObservableCounter(dotted(name), { description, unit: "1" }).addCallback((result) => {
      for (const [value, count] of read(measure())) result.observe(count, { [label]: value });
    });
  }
  return true;
}

function dotted(name: string): string {
  return name.replace("_", ".").replace(/_total$/, "");
}
