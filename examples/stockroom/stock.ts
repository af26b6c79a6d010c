/** What the app asks of its database, and what it changes there. The same SQL runs on SQLite, DuckDB and PostgreSQL. */
import { st } from "strongroom";

export interface Part {
  readonly number: string;
  readonly name: string;
  readonly category: string;
  readonly maker: string;
  readonly shelf: string;
  readonly stock: number;
  readonly minimum: number;
  readonly price: number;
}

export interface Booking {
  readonly booked: Date;
  /** Below 0 for pieces that were taken out. */
  readonly quantity: number;
  readonly note: string;
}

export interface Filter {
  readonly search: string;
  /** None is all of them. */
  readonly categories: readonly string[];
  readonly maker: string | null;
  readonly onlyLow: boolean;
}

const db = st.connection("stock");

/** What the filters offer: asked once in ten minutes for all viewers, and again after `offers.clear()`. */
export const offers = st.cacheData(
  async () => {
    const rows = await db.query<{ category: string; maker: string }>`
      select distinct category, maker from part order by category, maker`;
    return {
      categories: [...new Set(rows.map(({ category }) => category))],
      makers: [...new Set(rows.map(({ maker }) => maker))].sort(),
    };
  },
  { ttl: "10m" },
);

/** The parts that pass the filter, by their numbers. */
export function partsOf({ search, categories, maker, onlyLow }: Filter): Promise<Part[]> {
  const words = `%${search.toLowerCase().replace(/[!%_]/g, "!$&")}%`;
  return db.query<Part>`
    select number, name, category, maker, shelf, stock, minimum, price from part
    where (lower(name) like ${words} escape '!' or lower(number) like ${words} escape '!')
      and (${categories.length} = 0 or category in (${categories.length === 0 ? [""] : categories}))
      and (${maker ?? ""} = '' or maker = ${maker ?? ""})
      and (not ${onlyLow} or stock < minimum)
    order by number`;
}

export interface Month {
  readonly month: string;
  readonly "Put in": number;
  readonly "Taken out": number;
  /** At today's prices, what came less what went. */
  readonly worth: number;
}

/** Pieces that came and went in the last twelve months in which something was booked. */
export async function monthsOf(parts: readonly Part[]): Promise<readonly Month[]> {
  if (parts.length === 0) return [];
  const rows = await db.query<Month>`
    select substr(cast(booked as text), 1, 7) as month,
      sum(case when quantity > 0 and note <> 'Stocktaking' then quantity else 0 end) as "Put in",
      sum(case when quantity < 0 then -quantity else 0 end) as "Taken out",
      sum(quantity * price) as worth
    from booking join part on part.number = booking.part
    where part.number in (${parts.map(({ number }) => number)})
    group by 1 order by 1 desc limit 12`;
  return rows.reverse();
}

/** A part, as it stands now. */
export async function partOf(number: string): Promise<Part | undefined> {
  const [part] = await db.query<Part>`
    select number, name, category, maker, shelf, stock, minimum, price from part where number = ${number}`;
  return part;
}

/** The bookings of a part, the newest first. */
export function bookingsOf({ number }: Part): Promise<Booking[]> {
  return db.query<Booking>`
    select booked, quantity, note from booking where part = ${number} order by booked desc, id desc`;
}

/** Books pieces in or out, in one piece with the stock; false where the shelf does not hold so many. */
export function book(part: Part, quantity: number, note: string): Promise<boolean> {
  return db.transaction(async (tx) => {
    const { changed } = await tx.execute`
      update part set stock = stock + ${quantity} where number = ${part.number} and stock + ${quantity} >= 0`;
    if (changed === 0) return false;
    await tx.execute`
      insert into booking (id, part, booked, quantity, note)
      values (${crypto.randomUUID()}, ${part.number}, ${new Date()}, ${quantity}, ${note})`;
    return true;
  });
}

/** Puts a new part on its shelf, with its first booking; false where its number is taken. */
export async function add(part: Part): Promise<boolean> {
  const isAdded = await db.transaction(async (tx) => {
    const { changed } = await tx.execute`
      insert into part (number, name, category, maker, shelf, stock, minimum, price)
      values (${part.number}, ${part.name}, ${part.category}, ${part.maker}, ${part.shelf},
        ${part.stock}, ${part.minimum}, ${part.price})
      on conflict (number) do nothing`;
    if (changed === 0) return false;
    if (part.stock > 0)
      await tx.execute`
        insert into booking (id, part, booked, quantity, note)
        values (${crypto.randomUUID()}, ${part.number}, ${new Date()}, ${part.stock}, ${"Stocktaking"})`;
    return true;
  });
  offers.clear();
  return isAdded;
}

export async function change({ number, shelf, minimum, price }: Part): Promise<void> {
  await db.execute`
    update part set shelf = ${shelf}, minimum = ${minimum}, price = ${price} where number = ${number}`;
}

/** Takes a part out of the list, and its bookings with it: both, or neither. */
export async function remove({ number }: Part): Promise<void> {
  await db.transaction(async (tx) => {
    // The part first: who books it meanwhile waits for this, and then finds none to book.
    await tx.execute`delete from part where number = ${number}`;
    await tx.execute`delete from booking where part = ${number}`;
  });
  offers.clear();
}
