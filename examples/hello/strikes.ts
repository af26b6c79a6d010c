/** What the app asks of its database. Values travel beside the text of a query, never in it. */
import { st } from "strongroom";

export const phases = [
  "Parked",
  "Taxi",
  "Take-off run",
  "Climb",
  "Descent",
  "Approach",
  "Landing roll",
] as const;

export interface Filter {
  /** None is all of them. */
  readonly airports: readonly string[];
  readonly from: number;
  readonly to: number;
  readonly phase: "Any" | (typeof phases)[number];
  readonly onlyDamage: boolean;
}

export interface Report {
  readonly id: number;
  readonly day: string;
  readonly airport: string;
  readonly operator: string;
  readonly aircraft: string;
  readonly phase: string;
  readonly animal: string;
  readonly damage: string;
  readonly cost: number | null;
  readonly speed: number | null;
}

/** How reports stand in a table. */
export const reportColumns = {
  id: null,
  day: "Day",
  airport: "Airport",
  operator: "Operator",
  aircraft: "Aircraft",
  phase: "Phase",
  animal: "Animal",
  damage: {
    label: "Damage",
    type: "badge",
    colors: { Minor: "orange", Some: "orange", Substantial: "red" },
  },
  cost: { label: "Cost", format: "dollar" },
  speed: { label: "Speed", format: "%d kn" },
} as const;

export interface Count {
  readonly per: "year" | "month" | "animal";
  readonly name: string;
  readonly reports: number;
  /** Shares of the reports. */
  readonly damaged: number;
  readonly night: number;
  /** Dollars, where a report says them. */
  readonly cost: number;
}

/** The airports, those with the most reports first. */
export async function airportNames(): Promise<readonly string[]> {
  const rows = await st.connection("strikes").query<{ airport: string }>`
    select airport from strikes group by airport order by count(*) desc, airport`;
  return rows.map(({ airport }) => airport);
}

/** The reports that pass the filter, counted by year, by month and by animal. */
export async function countsOf({ airports, from, to, phase, onlyDamage }: Filter): Promise<Counts> {
  const counts = await st.connection("strikes").query<Count>`
    with chosen as materialized (
      select * from strikes
      where year between ${from} and ${to}
        and (${phase} = 'Any' or phase = ${phase})
        and (${onlyDamage ? 1 : 0} = 0 or damaged)
        and (${airports.length} = 0 or airport in (select value from json_each(${JSON.stringify(airports)})))
    ), counted as (
      select 'year' as per, cast(year as text) as name, year as place, * from chosen
      union all select 'month', substr('JanFebMarAprMayJunJulAugSepOctNovDec', 3 * month - 2, 3), month, * from chosen
      union all select 'animal', animal, 0, * from chosen where animal not like 'Unknown%'
    )
    select per, name, count(*) as reports, avg(damaged) as damaged, avg(light = 'Night') as night, total(cost) as cost
    from counted group by per, name
    having per <> 'animal' or count(*) >= 10
    order by per, place, damaged desc, reports desc`;
  const by = (per: Count["per"]): readonly Count[] => counts.filter((count) => count.per === per);
  const years = by("year");
  return {
    years,
    months: by("month").map(monthRow),
    animals: by("animal").slice(0, 7),
    total: years.reduce((sum, { reports }) => sum + reports, 0),
  };
}

export interface Counts {
  readonly years: readonly Count[];
  readonly months: readonly {
    readonly month: string;
    readonly "With damage": number;
    readonly Without: number;
  }[];
  readonly animals: readonly Count[];
  readonly total: number;
}

function monthRow({ name, reports, damaged }: Count): Counts["months"][number] {
  const withDamage = Math.round(reports * damaged);
  return { month: name, "With damage": withDamage, Without: reports - withDamage };
}

/** The newest reports that pass the filter, at most a thousand. */
export function reportsOf({ airports, from, to, phase, onlyDamage }: Filter): Promise<readonly Report[]> {
  return st.connection("strikes").query<Report>`
    select id, day, airport, operator, aircraft, phase, animal, damage, cost, speed from strikes
    where year between ${from} and ${to}
      and (${phase} = 'Any' or phase = ${phase})
      and (${onlyDamage ? 1 : 0} = 0 or damaged)
      and (${airports.length} = 0 or airport in (select value from json_each(${JSON.stringify(airports)})))
    order by day desc, id desc limit 1000`;
}
