/** Makes seed.sql, a year of a bicycle workshop that does not exist: `node examples/stockroom/data/make.ts`. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { kinds } from "./kinds.ts";

const lastDay = Date.UTC(2026, 10, 20);
const dayMs = 86_400_000;
const days = 365;

interface Part {
  readonly number: string;
  readonly name: string;
  readonly category: string;
  readonly maker: string;
  readonly shelf: string;
  readonly minimum: number;
  readonly price: number;
  /** Pieces a day that are taken in an average week. */
  readonly demand: number;
  stock: number;
}

interface Booking {
  readonly part: string;
  readonly at: number;
  readonly quantity: number;
  readonly note: string;
}

/** The same numbers on every machine, and at every time. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const roll = dice(4);
const between = (low: number, high: number): number => low + Math.floor(roll() * (high - low + 1));

function makeParts(): Part[] {
  return kinds.flatMap(({ category, code, makers, names }, row) =>
    names.map(([name, price, demand], at) => ({
      number: `${code}-${String(1_010 + 10 * at)}`,
      name,
      category,
      maker: makers[at % makers.length] ?? "",
      shelf: `${String.fromCharCode(65 + row)}${1 + Math.floor(at / 4)}-${1 + (at % 4)}`,
      minimum: Math.max(2, Math.ceil(demand * 12)),
      price,
      demand,
      stock: 0,
    })),
  );
}

/** People ride, and break things, from March to October. */
function season(day: number): number {
  return 1 + 0.75 * Math.sin(((new Date(day).getUTCMonth() - 3) / 12) * 2 * Math.PI);
}

function yearOf(part: Part): Booking[] {
  const bookings: Booking[] = [];
  const book = (day: number, quantity: number, note: string): void => {
    // What comes, comes in the morning: nothing is taken that is not there yet.
    const at =
      day + between(...(quantity > 0 ? ([7 * 60, 9 * 60] as const) : ([9 * 60, 18 * 60] as const))) * 60_000;
    bookings.push({ part: part.number, at, quantity, note });
    part.stock += quantity;
  };
  const lot = Math.max(4, 5 * Math.ceil((part.demand * 40) / 5));
  let due: number | undefined;
  book(lastDay - days * dayMs, lot, "Stocktaking");
  for (let day = lastDay - (days - 1) * dayMs; day <= lastDay; day += dayMs) {
    if (new Date(day).getUTCDay() === 0) continue;
    if (due !== undefined && day >= due) {
      book(day, lot, `Order ${between(4_100, 4_980)}`);
      due = undefined;
    }
    if (roll() < part.demand * 0.45 * season(day) && part.stock > 0)
      book(day, -Math.min(part.stock, between(1, 3)), roll() < 0.7 ? "Workshop" : "Counter");
    // Nobody orders at once, and some makers take their time.
    if (part.stock < part.minimum && due === undefined) due = day + between(9, 34) * dayMs;
  }
  return bookings;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function inserts(into: string, rows: readonly string[]): string[] {
  const statements: string[] = [];
  for (let at = 0; at < rows.length; at += 500)
    statements.push(`insert into ${into} values\n${rows.slice(at, at + 500).join(",\n")};`);
  return statements;
}

const parts = makeParts();
const bookings = parts.flatMap(yearOf).sort((a, b) => a.at - b.at);
const partRows = parts.map(
  ({ number, name, category, maker, shelf, stock, minimum, price }) =>
    `(${[number, name, category, maker, shelf].map(quoted).join(",")},${stock},${minimum},${price.toFixed(2)})`,
);
const bookingRows = bookings.map(
  ({ part, at, quantity, note }, index) =>
    `('b${index + 1}','${part}','${new Date(at).toISOString()}',${quantity},${quoted(note)})`,
);
const sql = [
  "-- Made by make.ts: change that, not this. SQLite, DuckDB and PostgreSQL read it.",
  "begin;",
  "create table part (",
  "  number text primary key,",
  "  name text not null,",
  "  category text not null,",
  "  maker text not null,",
  "  shelf text not null,",
  "  stock integer not null check (stock >= 0),",
  "  minimum integer not null check (minimum >= 0),",
  "  price numeric(9, 2) not null check (price > 0)",
  ");",
  "create table booking (",
  "  id text primary key,",
  // No foreign key: DuckDB would not let a part and its bookings go in one transaction. `stock.ts` sees to it.
  "  part text not null,",
  "  booked timestamptz not null,",
  "  quantity integer not null check (quantity <> 0),",
  "  note text not null",
  ");",
  ...inserts("part", partRows),
  ...inserts("booking", bookingRows),
  "create index booking_part on booking (part, booked);",
  "commit;",
  "",
].join("\n");
writeFileSync(join(import.meta.dirname, "seed.sql"), sql);
const low = parts.filter(({ stock, minimum }) => stock < minimum);
console.log(
  `${parts.length} parts, ${low.length} of them low, ${bookings.length} bookings, ${Math.round(sql.length / 1024)} KB`,
);
