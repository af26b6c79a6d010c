import { textAnswer, type Answer } from "../http/answer.ts";
import type { AskedByViewer } from "../operation.ts";
import type { Services } from "../services.ts";

export const noTicket: Answer = textAnswer(403, "A fresh ticket was expected.");

/** What a page of ours was given a moment ago, to be used once. */
export function hasTicket(
  { tickets, formTickets }: Pick<Services, "tickets" | "formTickets">,
  { query, viewer }: AskedByViewer,
): boolean {
  const ticket = new URLSearchParams(query).get("ticket") ?? undefined;
  return tickets.redeem(ticket, viewer) || formTickets.redeem(ticket, viewer);
}

/** Asked by a page's form and not by its script: a page is the answer. */
export function isFormOf({ headers }: AskedByViewer): boolean {
  return headers["sec-fetch-mode"] === "navigate";
}
