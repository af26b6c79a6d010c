import { st } from "strongroom";

const asDate = (day: string): Date => new Date(`${day}T00:00:00Z`);

/** When nobody works. The same for everybody, so one answer serves all. */
export async function closedDays(): Promise<{ day: Date; name: string }[]> {
  const db = st.connection("days", { ttl: "10m" });
  const rows = await db.query<{ day: string; name: string }>`select day, name from closed order by day`;
  return rows.map(({ day, name }) => ({ day: asDate(day), name }));
}

/** One person's year. Whose it is says the provider, never the page's address or a widget. */
export async function daysOf(email: string): Promise<{
  entitled: number;
  away: { first: Date; last: Date; days: number; why: string }[];
}> {
  const db = st.connection("days");
  const [person] = await db.query<{ entitled: number }>`select entitled from person where email = ${email}`;
  const rows = await db.query<{ first: string; last: string; days: number; why: string }>`
    select first, last, days, why from away where email = ${email} order by first`;
  const away = rows.map((row) => ({ ...row, first: asDate(row.first), last: asDate(row.last) }));
  return { entitled: person?.entitled ?? 0, away };
}

/** Who is away on a day, with what is left of everybody's year. */
export async function everybody(
  day: string,
): Promise<{ name: string; team: string; here: string; left: number }[]> {
  const db = st.connection("days");
  return db.query<{ name: string; team: string; here: string; left: number }>`
    select name, team,
      case when exists (select 1 from away a where a.email = p.email and ${day} between a.first and a.last)
        then 'Away' else 'Here' end as here,
      entitled - coalesce((select sum(days) from away a where a.email = p.email), 0) as "left"
    from person p order by name`;
}
