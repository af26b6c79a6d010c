import { st } from "strongroom";
import { say } from "./said.ts";
import { book, bookingsOf, change, remove, type Booking, type Part } from "./stock.ts";

/** The part that was chosen: how it came to be what it is, and what can be done about it. */
export async function partCard(part: Part | undefined): Promise<void> {
  if (part === undefined)
    return st.caption("Choose a part to book pieces in and out, to change it, or to remove it.");
  const bookings = await bookingsOf(part);
  const card = st.container({ border: true, key: `part-${part.number}` });
  card.subheader(part.name);
  card.caption(
    `${part.number} · ${part.maker} · Shelf ${part.shelf} · ${piecesOf(part.stock)}, minimum ${part.minimum}`,
  );
  const [left, right] = card.columns(2, { gap: "large" });
  const weeks = levels(part, bookings);
  if (weeks.length > 1) left.areaChart(weeks, { x: "Week", y: "Pieces", height: 200, title: "On the shelf" });
  if (bookings.length === 0) left.caption("Nothing was booked yet.");
  else left.table(bookings.slice(0, 5).map(bookingRow), { border: "horizontal" });
  const tabs = right.tabs(["Book", "Change", "Remove"]);
  await tabs[0].with(() => bookForm(part));
  await tabs[1].with(() => changeForm(part));
  await tabs[2].with(() => removeForm(part));
}

async function bookForm(part: Part): Promise<void> {
  const { way, pieces, note, isSent } = st.form(
    `book-${part.number}`,
    (form) => ({
      way: form.radio("What happens?", ["Taken out", "Put in"], { horizontal: true }),
      pieces: form.numberInput("Pieces", { value: 1, minValue: 1, maxValue: 999, step: 1 }),
      note: form.textInput("For", { value: "Workshop", maxChars: 60, required: true }),
      isSent: form.formSubmitButton("Book", { type: "primary" }),
    }),
    { border: false },
  );
  if (!isSent) return;
  if (!(await book(part, way === "Put in" ? pieces : -pieces, note))) {
    st.error(`On the shelf: ${piecesOf(part.stock)}. Nothing was booked.`);
    return;
  }
  say(`${way}: ${pieces} × ${part.name}.`);
  st.rerun();
}

async function changeForm(part: Part): Promise<void> {
  const { shelf, minimum, price, isSent } = st.form(
    `change-${part.number}`,
    (form) => ({
      shelf: form.textInput("Shelf", {
        value: part.shelf,
        validate: [/^[A-Z]\d-\d$/, "Row, rack, place: A1-4"],
        required: true,
      }),
      minimum: form.numberInput("Minimum", { value: part.minimum, minValue: 0, maxValue: 999, step: 1 }),
      price: form.numberInput("Price", {
        value: part.price,
        minValue: 0.01,
        maxValue: 9_999,
        step: 0.01,
        format: "%.2f",
      }),
      isSent: form.formSubmitButton("Save", { type: "primary" }),
    }),
    { border: false },
  );
  if (!isSent || shelf === undefined) return;
  await change({ ...part, shelf, minimum, price });
  say(`Saved: ${part.name}.`);
  st.rerun();
}

async function removeForm(part: Part): Promise<void> {
  const isSent = st.form(
    `remove-${part.number}`,
    (form) => {
      form.text("The part and all its bookings go. Nobody can bring them back.");
      form.checkbox(`Remove ${part.number} for good`, { required: true });
      return form.formSubmitButton("Remove");
    },
    { border: false },
  );
  if (!isSent) return;
  await remove(part);
  say(`Removed: ${part.name}.`);
  st.rerun();
}

const weekMs = 7 * 86_400_000;

/** How many pieces there were at the end of each week of the last year, the oldest first. */
function levels({ stock }: Part, bookings: readonly Booking[]): { Week: Date; Pieces: number }[] {
  const [last, first] = [bookings.at(0)?.booked.getTime(), bookings.at(-1)?.booked.getTime()];
  if (last === undefined || first === undefined) return [];
  const weeks = Math.min(52, 1 + Math.floor((last - first) / weekMs));
  return Array.from({ length: weeks }, (_, week) => {
    const at = new Date(last - (weeks - 1 - week) * weekMs);
    const since = bookings.filter((booking) => booking.booked > at);
    return { Week: at, Pieces: since.reduce((pieces, { quantity }) => pieces - quantity, stock) };
  });
}

const dayName = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeZone: "UTC" });

function bookingRow({ booked, quantity, note }: Booking): Record<string, string> {
  return { Day: dayName.format(booked), Pieces: quantity > 0 ? `+${quantity}` : `−${-quantity}`, For: note };
}

function piecesOf(count: number): string {
  return count === 1 ? "1 piece" : `${count} pieces`;
}
