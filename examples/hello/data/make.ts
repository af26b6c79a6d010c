/** Makes seed.sql from the data set as npm has it: `node examples/hello/data/make.ts`. */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { airports, animalName, damages, operatorName } from "./names.ts";

interface Report {
  readonly day: string;
  readonly words: readonly string[];
  readonly cost: number | null;
  readonly speed: number | null;
}

/** Columns whose few texts stand in a table of their own. */
const lookups = [
  "airport",
  "state",
  "operator",
  "aircraft",
  "phase",
  "animal",
  "size",
  "light",
  "damage",
] as const;

function source(): string {
  // The package's entry stands in its folder `build`, the data beside that.
  const build = dirname(createRequire(import.meta.url).resolve("vega-datasets"));
  return readFileSync(join(build, "..", "data", "birdstrikes.csv"), "utf8");
}

/** The file quotes nothing: a line is its fields, between commas. */
function reports(csv: string): Report[] {
  const [, ...lines] = csv.trim().split(/\r?\n/);
  // A line that repeats another in every field says nothing new.
  return [...new Set(lines)]
    .map((line) => line.split(","))
    .filter(([, , , day = ""]) => day < "2002")
    .map((fields) => {
      const [airport = "", aircraft = "", damage = "", day = "", operator = "", state = ""] = fields;
      const [phase = "", size = "", animal = "", light = "", , , cost, speed] = fields.slice(6);
      const words = [
        airports[airport] ?? airport,
        state === "DC" ? "District of Columbia" : state,
        operatorName(operator),
        aircraft,
        phase.charAt(0) + phase.slice(1).toLowerCase(),
        animalName(animal),
        size,
        light,
        damages[damage] ?? damage,
      ];
      return { day, words, cost: known(cost), speed: known(speed) };
    })
    .sort((a, b) => (a.day < b.day ? -1 : Number(a.day > b.day)));
}

/** Empty and 0 both mean that nobody wrote it down. */
function known(text: string | undefined): number | null {
  const value = Number(text);
  return value > 0 ? value : null;
}

function sqlOf(all: readonly Report[]): string {
  const names = lookups.map((_, at) => [...new Set(all.map(({ words }) => words[at] ?? ""))].sort());
  const rows = all.map(({ day, words, cost, speed }) => {
    const keys = words.map((word, at) => 1 + (names[at]?.indexOf(word) ?? 0));
    return `('${day}',${keys.join(",")},${cost ?? "null"},${speed ?? "null"})`;
  });
  return [
    "-- Made by make.ts: change that, not this. What it is and where it is from: README.md.",
    "begin;",
    ...lookups.flatMap((table, at) => [
      `create table ${table} (id integer primary key, name text not null) strict;`,
      ...inserts(
        table,
        (names[at] ?? []).map((name, key) => `(${key + 1},'${name.replaceAll("'", "''")}')`),
      ),
    ]),
    `create table report (id integer primary key, day text not null, ${lookups.map((table) => `${table} integer not null`).join(", ")}, cost integer, speed integer) strict;`,
    ...inserts(`report (day, ${lookups.join(", ")}, cost, speed)`, rows),
    ...unfolded(),
    "commit;",
    "",
  ].join("\n");
}

function inserts(into: string, rows: readonly string[]): string[] {
  const statements: string[] = [];
  for (let at = 0; at < rows.length; at += 500)
    statements.push(`insert into ${into} values\n${rows.slice(at, at + 500).join(",\n")};`);
  return statements;
}

/** What the app reads: each report in words. The tables that kept the file small are then done with. */
function unfolded(): string[] {
  const columns = lookups.map((table) => `${table}.name`);
  const joins = lookups.map((table) => `join ${table} on ${table}.id = report.${table}`);
  return [
    "create table strikes (id integer primary key, day text not null, year integer not null, month integer not null,",
    `  ${lookups.map((column) => `${column} text not null`).join(", ")}, cost integer, speed integer, damaged integer not null) strict;`,
    "insert into strikes",
    "select report.id, day, cast(substr(day, 1, 4) as integer), cast(substr(day, 6, 2) as integer),",
    `  ${columns.join(", ")}, cost, speed, damage.name <> 'None'`,
    `from report ${joins.join(" ")};`,
    ...["report", ...lookups].map((table) => `drop table ${table};`),
  ];
}

const all = reports(source());
const sql = sqlOf(all);
writeFileSync(join(import.meta.dirname, "seed.sql"), sql);
console.log(`${all.length.toLocaleString("en")} reports, ${Math.round(Buffer.byteLength(sql) / 1024)} KB`);
