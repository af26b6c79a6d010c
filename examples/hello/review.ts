/** The reports that a visitor wants to look into: they last as long as the visit. */
import { st } from "strongroom";
import type { Report } from "./strikes.ts";

export interface Kept extends Report {
  readonly note: string;
  readonly urgent: boolean;
}

/** What is on the list, in the order in which it was kept. */
export function reviewList(): readonly Kept[] {
  return (st.sessionState["review"] ?? []) as readonly Kept[];
}

export function isKept({ id }: Report): boolean {
  return reviewList().some((kept) => kept.id === id);
}

/** Puts a report on the list, or changes what is said of it there. */
export function keep(report: Kept): void {
  st.sessionState["review"] = isKept(report)
    ? reviewList().map((kept) => (kept.id === report.id ? report : kept))
    : [...reviewList(), report];
}

export function drop({ id }: Report): void {
  st.sessionState["review"] = reviewList().filter((kept) => kept.id !== id);
}

/** Asks what should be looked into in a report, and keeps it. */
export function reviewForm(report: Report | undefined): void {
  if (report === undefined) return st.caption("Choose a row to keep its report for review.");
  if (isKept(report)) return st.success(`On the review list: ${nameOf(report)}, ${dayOf(report)}.`);
  st.form("keep", (form) => {
    form.subheader("Keep for review");
    form.caption(`${nameOf(report)}, ${dayOf(report)}`);
    const [left, middle, right] = form.columns([6, 1, 1], { verticalAlignment: "bottom" });
    const note = left?.textInput("What should be looked into?", {
      placeholder: "The same pond as in March?",
    });
    const urgent = middle?.checkbox("Urgent");
    if (right?.formSubmitButton("Keep", { type: "primary", width: "stretch" }) !== true) return;
    keep({ ...report, note: note ?? "", urgent: urgent === true });
    st.rerun();
  });
}

/** What met whom: `"Canada goose at Denver"`. */
export function nameOf({ animal, airport }: Report): string {
  return `${animal} at ${airport}`;
}

const dayFormat = new Intl.DateTimeFormat("en", { dateStyle: "long", timeZone: "UTC" });

export function dayOf({ day }: Report): string {
  return dayFormat.format(new Date(day));
}
