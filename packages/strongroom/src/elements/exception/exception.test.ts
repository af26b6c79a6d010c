import { expect, test, vi } from "vitest";
import { decode } from "../../wire/schema.ts";
import { beginRun, nodesOf } from "../../testing/nodes-of.ts";
import { exception } from "./exception.server.ts";
import { exceptionSpec } from "./exception.schema.ts";

const named = (name: string, message: string): Error => Object.assign(new Error(message), { name });

test("shows whatever was thrown in a form that fits", () => {
  const thrown = [
    new TypeError("no"),
    named("N".repeat(5_000), "m".repeat(50_000)),
    "text",
    undefined,
    null,
    { a: 1 },
  ];
  for (const { props } of nodesOf(() => thrown.forEach((error) => exception(error)))) {
    expect(decode(exceptionSpec.props, props).ok).toBe(true);
  }
});

test("tells viewers nothing of the error, and the log all of it, under one id", () => {
  const log = vi.spyOn(console, "error").mockImplementation(() => {});
  const { call, nodes } = beginRun({ showErrorDetails: false });
  call(() => exception(new Error("select * from salaries")));
  const { props } = nodes()[0] ?? {};
  expect(JSON.stringify(props)).not.toContain("salaries");
  expect(String(log.mock.calls[0]?.[0])).toMatch(new RegExp(`${props?.["incident"] as string}.*salaries`));
  log.mockRestore();
});
