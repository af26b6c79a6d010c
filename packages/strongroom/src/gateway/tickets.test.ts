import { expect, test } from "vitest";
import { Tickets } from "./tickets.ts";
import { newToken } from "./tokens.ts";

function setUp() {
  const clock = { now: 0 };
  return { clock, tickets: new Tickets(30, () => clock.now) };
}

test("a ticket opens once", () => {
  const { tickets } = setUp();
  const ticket = tickets.issue("a");
  expect([tickets.redeem(ticket, "a"), tickets.redeem(ticket, "a")]).toEqual([true, false]);
});

test("a ticket of another viewer opens nothing, and is used up", () => {
  const { tickets } = setUp();
  const ticket = tickets.issue("a");
  expect([tickets.redeem(ticket, "b"), tickets.redeem(ticket, "a")]).toEqual([false, false]);
});

test("a ticket expires", () => {
  const { tickets, clock } = setUp();
  const ticket = tickets.issue("a");
  clock.now = 30_000;
  expect(tickets.redeem(ticket, "a")).toBe(false);
});

test.each([undefined, "", "x", newToken(), `${newToken()}=`, "../../../etc/passwd", "a".repeat(10_000)])(
  "%s is no ticket",
  (text) => {
    expect(setUp().tickets.redeem(text, "a")).toBe(false);
  },
);

test("forgotten tickets do not pile up", () => {
  const { tickets, clock } = setUp();
  const first = tickets.issue("a");
  for (let at = 0; at < 60_000; at++) tickets.issue("a");
  expect(tickets.redeem(first, "a")).toBe(false);
  clock.now = 1_000_000;
  const late = tickets.issue("a");
  expect(tickets.redeem(late, "a")).toBe(true);
});
