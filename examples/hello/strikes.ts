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
  readonly onlyNamed: boolean;
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
}

/** How reports stand in a table. */
export const reportColumns = {
  id: null,
  operator: null,
  aircraft: null,
  day: "Day",
  animal: "Animal",
  airport: "Airport",
  damage: {
    label: "Damage",
    type: "badge",
    colors: { Minor: "orange", Some: "orange", Substantial: "red" },
  },
  phase: "Phase",
  cost: { label: "Cost", format: "dollar" },
} as const;

export interface Count {
  readonly per: "year" | "month" | "animal";
  readonly name: string | number;
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

/** The reports that pass the filter, counted by year, by month and by animal. */
export async function countsOf({ airports, from, to, phase, onlyNamed }: Filter): Promise<Counts> {
  const counts = await st.connection("strikes").query<Count>`
    with chosen as materialized (
      select year, month, animal, damaged, light = 'Night' as night, cost from strikes
      where year between ${from} and ${to}
        and (${phase} = 'Any' or phase = ${phase})
        and (${!onlyNamed} or animal not like 'Unknown%')
        and (${airports.length} = 0 or airport in (select value from json_each(${JSON.stringify(airports)})))
    )
    select 'year' as per, year as name, count(*) as reports,
      avg(damaged) as damaged, avg(night) as night, total(cost) as cost
    from chosen group by year
    union all select 'month', month, count(*), avg(damaged), avg(night), total(cost)
    from chosen group by month
    union all select 'animal', animal, count(*), avg(damaged), avg(night), total(cost)
    from chosen where animal not like 'Unknown%' group by animal having count(*) >= 10`;
  const by = (per: Count["per"]): Count[] => counts.filter((count) => count.per === per);
  return {
    years: by("year"),
    months: by("month").map(monthRow),
    animals: by("animal")
      .sort((a, b) => b.damaged - a.damaged)
      .slice(0, 7),
    total: by("year").reduce((sum, { reports }) => sum + reports, 0),
  };
}

const monthName = new Intl.DateTimeFormat("en", { month: "short", timeZone: "UTC" });

function monthRow({ name, reports, damaged }: Count): Counts["months"][number] {
  const withDamage = Math.round(reports * damaged);
  const month = monthName.format(Date.UTC(2000, Number(name) - 1));
  return { month, "With damage": withDamage, Without: reports - withDamage };
}

/** The newest reports that pass the filter, at most a thousand. */
export function reportsOf({ airports, from, to, phase, onlyNamed }: Filter): Promise<readonly Report[]> {
  return st.connection("strikes").query<Report>`
    select id, day, animal, airport, damage, phase, operator, aircraft, cost from strikes
    where year between ${from} and ${to}
      and (${phase} = 'Any' or phase = ${phase})
      and (${!onlyNamed} or animal not like 'Unknown%')
      and (${airports.length} = 0 or airport in (select value from json_each(${JSON.stringify(airports)})))
    order by day desc, id desc limit 1000`;
}
