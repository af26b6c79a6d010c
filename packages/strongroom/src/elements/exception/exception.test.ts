import { expect, test } from "vitest";
import { decode } from "../../wire/schema.ts";
import { beginRun, nodesOf } from "../../testing/nodes-of.ts";
import { incidentOf } from "../../worker/show-error.ts";
import { openPage } from "../../testing/open-page.ts";
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

test("shows what a thrown value says that is no Error", () => {
  const circular: Record<string, unknown> = { code: 404, why: "no such order" };
  circular["self"] = circular;
  const [text, object] = nodesOf(() => ["the stock is empty", circular].forEach((value) => exception(value)));
  expect(text?.props).toMatchObject({ name: "Thrown string" });
  expect(text?.props["message"]).toMatch(/^the stock is empty\n\n.*throw new Error\(/);
  expect(object?.props).toMatchObject({ name: "Thrown object" });
  expect(object?.props["message"]).toContain("no such order");
});

test.each(["full", "stacktrace", "type", "none"] as const)(
  "the log has the error under the id that the page shows: %s",
  (showErrorDetails) => {
    const reported: unknown[] = [];
    const { call, nodes } = beginRun({ showErrorDetails, report: (error) => reported.push(error) });
    const error = new TypeError("select * from salaries");
    call(() => exception(error));
    const { props } = nodes()[0] ?? {};
    expect(JSON.stringify(props).includes("salaries")).toBe(showErrorDetails === "full");
    expect(props?.["name"]).toBe(showErrorDetails === "none" ? "" : "TypeError");
    expect(reported).toEqual([error]);
    expect(props?.["incident"]).toBe(incidentOf(error));
  },
);

test("a stack without a message holds the places and no code", async () => {
  const appFolder = new URL(".", import.meta.url).pathname.slice(0, -1);
  const script = (): never => {
    throw new Error("select * from salaries");
  };
  await using page = await openPage(script, { appFolder, showErrorDetails: "stacktrace" });
  const { props } = page.find("exception");
  expect(JSON.stringify(props)).not.toContain("salaries");
  expect(props).toMatchObject({ message: "", source: [], frames: [{ file: "exception.test.ts" }] });
});
