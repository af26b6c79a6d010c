import { metrics } from "@opentelemetry/api";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import { afterEach, expect, test } from "vitest";
import { GatewayUnderTest } from "../../../../../tests/gateway/gateway-under-test.ts";
import { reportToOpenTelemetry } from "./open-telemetry.ts";

afterEach(() => metrics.disable());

test("where an operator has set OpenTelemetry up, it is told the same numbers, and of no viewer", async () => {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
  const provider = new MeterProvider({ readers: [reader] });
  metrics.setGlobalMeterProvider(provider);
  await using under = await GatewayUnderTest.start();
  await under.open("/?secret-canary=1");
  await under.fetch("/", { headers: { host: "attacker.example" } });
  expect(await reportToOpenTelemetry(under.gateway.measures)).toBe(true);
  await provider.forceFlush();
  const told = exporter
    .getMetrics()
    .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((one) => one.metrics));
  const numbers = told.flatMap(({ descriptor, dataPoints }) =>
    dataPoints.map(({ attributes, value }) => [descriptor.name, attributes, value]),
  );
  expect(numbers).toContainEqual(["strongroom.sessions", {}, 1]);
  expect(numbers).toContainEqual(["strongroom.refusals", { reason: "421" }, 1]);
  expect(numbers).toContainEqual(["strongroom.security_events", { kind: "refused" }, 1]);
  expect(JSON.stringify(numbers)).not.toContain("canary");
  await provider.shutdown();
});

test("where nobody has, nothing is loaded and nothing is told", async () => {
  const none = (): never => {
    throw new Error("Nobody was expected to ask.");
  };
  expect(await reportToOpenTelemetry(none)).toBe(false);
});
