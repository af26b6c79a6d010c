import { describe, expect, test } from "vitest";
import { Attack, type Order, type Said } from "./attack.ts";
import { duckdb, mariadb, postgres, sqlite, type Engine } from "./engines.ts";
import { payloads, type Payload } from "./payloads.ts";

/** What a database may answer a value that it cannot hold or compare: its own refusal, never other rows. */
const refusals: ReadonlySet<unknown> = new Set(["ERR_QUERY_FAILED", "ERR_QUERY_CONSTRAINT"]);
const notMine = /CANARY|you|they/;

/** The rows that a query for a name was to find, by the only reading of it. */
function wanted({ orders }: Said["tables"], name: string): readonly Order[] {
  return orders
    .filter((order) => order.owner === "me" && order.name === name)
    .map(({ id, owner, name: own }) => ({ id, owner, name: own }));
}

/** What an answer did that it should not have; nothing where all is well. */
function harmOf(said: Said, before: Said["tables"], engine: Engine): readonly string[] {
  const { value } = said;
  const harm: string[] = [];
  const expectSame = (way: string, is: unknown, ...allowed: readonly unknown[]): void => {
    const text = JSON.stringify(is);
    if (!refusals.has(is) && !allowed.some((one) => JSON.stringify(one) === text))
      harm.push(`${way}: ${text}`);
  };
  const { changed, glued, bare, identifier, echo, transaction, ...reads } = said.ways;
  for (const [way, rows] of Object.entries(reads))
    if (!refusals.has(rows) && (!Array.isArray(rows) || notMine.test(JSON.stringify(rows))))
      harm.push(`${way}: ${JSON.stringify(rows)}`);
  const found = wanted(before, value);
  for (const way of ["template", "named", "kept", "list"])
    if (way in reads) expectSame(way, reads[way], found);
  // What nothing is known of that it could do, such as a lone mark, may pass and be only a value.
  expectSame("glued", glued, "ERR_QUERY", "ERR_QUERY_TEXT", found);
  expectSame("bare", bare, "ERR_QUERY", "ERR_QUERY_TEXT", []);
  const kept = engine.kept(value);
  if (echo !== undefined) expectSame("echo", echo, [{ echo: kept }]);
  if (identifier !== undefined && value !== "price" && value !== "date")
    expectSame("identifier", identifier, "ERR_QUERY");
  if (transaction !== undefined)
    expectSame("transaction", transaction, { added: { changed: 1 }, body: [kept], gone: { changed: 1 } });
  const [, ...others] = before.notes;
  const notes = refusals.has(changed) ? before.notes : [{ id: 1, body: kept }, ...others];
  expectSame("tables", said.tables, { ...before, notes });
  return harm;
}

interface Attacked {
  readonly attack: Attack;
  readonly engine: Engine;
  readonly source: string;
}

/** Types every payload in turn; answers what any of them did, and how many came to the author's code. */
async function throwAll({ attack, engine, source }: Attacked, list: readonly Payload[]) {
  const harm: string[] = [];
  let taken = 0;
  /** How many were compared, not refused by the database. */
  let compared = 0;
  let before = (await attack.press("Reset"))?.tables;
  for (const { kind, text } of list) {
    const said = await answered(attack, source, text);
    if (said === undefined || before === undefined) continue;
    taken++;
    if (Array.isArray(said.ways["template"]) && Array.isArray(said.ways["named"])) compared++;
    for (const what of harmOf(said, before, engine))
      harm.push(`${kind} ${JSON.stringify(text).slice(0, 120)} by ${what.slice(0, 300)}`);
    before = said.tables;
  }
  return { harm, taken, compared };
}

function answered(attack: Attack, source: string, text: string): Promise<Said | undefined> {
  if (source === "query") return attack.query(text);
  return source === "file" ? attack.file(text) : attack.answer(idOf(source), text);
}

const ids: Readonly<Record<string, string>> = {
  text: "textArea:Text",
  line: "textInput:Line",
  number: "numberInput:Number",
  choice: "selectbox:Choice",
  added: "selectbox:Added",
};

function idOf(source: string): string {
  return ids[source] ?? "";
}

async function choose(attack: Attack, engine: Engine, source: string): Promise<void> {
  await attack.answer("radio:Engine", engine.name);
  await attack.answer("radio:Source", source);
}

test("there are at least 500 payloads, no two alike", () => {
  expect(payloads.length).toBeGreaterThanOrEqual(500);
  expect(new Set(payloads.map(({ text }) => text)).size).toBe(payloads.length);
});

test("harm is told where it is done", () => {
  const tables = {
    canaries: [{ id: 1, owner: "they", secret: "CANARY-1" }],
    orders: [{ id: 1, owner: "me", name: "Ann" }],
    notes: [{ id: 1, body: "x" }],
  };
  const row = { id: 1, owner: "me", name: "Ann" };
  const fine = {
    source: "text",
    value: "x",
    ways: { template: [], glued: "ERR_QUERY", bare: "ERR_QUERY", changed: {} },
    tables,
  };
  const told = (change: Partial<Said>): number =>
    harmOf({ ...fine, ...change, ways: { ...fine.ways, ...change.ways } }, tables, sqlite).length;
  expect(told({})).toBe(0);
  expect(told({ ways: { template: [row] } })).toBe(1);
  expect(told({ ways: { like: [{ id: 1, secret: "CANARY-1" }] } })).toBe(1);
  expect(told({ ways: { like: "ERR_INTERNAL" } })).toBe(1);
  expect(told({ ways: { glued: [row] } })).toBe(1);
  expect(told({ ways: { bare: [row] } })).toBe(1);
  expect(told({ ways: { identifier: [] } })).toBe(1);
  expect(told({ ways: { echo: [{ echo: "y" }] } })).toBe(1);
  expect(told({ tables: { ...tables, canaries: [] } })).toBe(1);
  expect(told({ tables: { ...tables, notes: [{ id: 1, body: "y" }] } })).toBe(1);
});

/** All inputs that take text at all; what they say goes the same ways, so that later engines need not hear all of them. */
const sources = ["text", "line", "added", "file", "query"];
const attacks = [
  { engine: sqlite, sources },
  { engine: duckdb, sources: ["text"] },
  { engine: postgres, sources: ["text"] },
  { engine: mariadb, sources: ["text"] },
];

describe.each(attacks)("$engine.name", { timeout: 900_000 }, ({ engine, sources: heard }) => {
  test("is asked with every payload: nothing is read or changed but what was named", async () => {
    await using attack = await Attack.begin(engine);
    for (const source of heard) {
      await choose(attack, engine, source);
      const { harm, compared } = await throwAll({ attack, engine, source }, payloads);
      expect({ source, harm: harm.slice(0, 10) }).toEqual({ source, harm: [] });
      // Names of files have no slashes, control characters or line breaks: those never come to the app.
      expect(compared, source).toBeGreaterThan(source === "file" ? 400 : 500);
    }
  });
});

test("numbers and choices take no text at all", { timeout: 900_000 }, async () => {
  await using attack = await Attack.begin(sqlite);
  for (const source of ["number", "choice"]) {
    await choose(attack, sqlite, source);
    const { taken } = await throwAll({ attack, engine: sqlite, source }, payloads);
    // One of the payloads is a choice.
    expect({ source, taken }).toEqual({ source, taken: source === "choice" ? 1 : 0 });
  }
});
