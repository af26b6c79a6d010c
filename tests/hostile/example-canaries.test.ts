import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { packageRoot, root } from "../../tools/paths.ts";
import { serve, type Server } from "../running/app-server.ts";
import { connectRaw } from "../running/raw-session.ts";
import { canary, leaksIn } from "./canary-search.ts";
import { startRecorder } from "./recorder.ts";

const all = Array.from({ length: 50 }, (_, index) => canary(index));
const quoted = all.map((text) => `'${text.replaceAll("'", "''")}'`);
const slow = { timeout: 240_000 };
const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** An example whose data has its own secrets where names were: whatever shows names must hide them. */
function exampleWith(name: string, seedWith: (seed: string) => string): string {
  const folder = mkdtempSync(join(tmpdir(), "strongroom-example-"));
  made.push(folder);
  const source = join(root, "examples", name);
  cpSync(source, folder, { recursive: true, filter: (path) => !path.includes("/state") });
  const seed = join(folder, "data", "seed.sql");
  writeFileSync(seed, seedWith(readFileSync(seed, "utf8")));
  const lines = all.map((text, index) => `CANARY_${index} = ${JSON.stringify(text)}\n`);
  writeFileSync(join(folder, ".strongroom", "secrets.toml"), lines.join(""), { mode: 0o600 });
  return folder;
}

const airports = (seed: string): string =>
  seed.replace(/(?<=create table airport .*\ninsert into airport values\n)(?:\(.*\n)+/, (rows) =>
    rows.replaceAll(/^\((\d+),'(?:[^']|'')*'\)/gm, (_, id: string) => `(${id},${quoted[Number(id) - 1]})`),
  );
const parts = (seed: string): string =>
  quoted.reduce(
    (so, text, index) =>
      `${so}update part set name = ${text} where number = (select number from part order by number limit 1 offset ${index});\n`,
    seed,
  );

/** Days, people and reasons. */
const daysOff = (seed: string): string => {
  const put = (table: string, column: string, from: number, count: number): string =>
    quoted
      .slice(from, from + count)
      .map(
        (text, index) =>
          `update ${table} set ${column} = ${text} where rowid = (select rowid from ${table} order by rowid limit 1 offset ${index});\n`,
      )
      .join("");
  return `${seed}${put("closed", "name", 0, 7)}${put("person", "name", 7, 5)}${put("away", "why", 12, 10)}`;
};
const asAlice = ["--as", "alice@example.com", "--groups", "admins"];

/** All that a viewer is sent who opens a page and presses each of its buttons. */
async function everythingOf({ url }: Server, page: string): Promise<readonly string[]> {
  const html = await (await fetch(new URL(page, url))).text();
  const { socket, boot, cookie } = await connectRaw(new URL(page, url).href);
  const frames: string[] = [];
  socket.on("message", (data: Buffer) => frames.push(data.toString()));
  const until = async (fits: (frame: string) => boolean): Promise<void> => {
    for (let waited = 0; !frames.some(fits); waited += 20) {
      if (waited > 20_000) throw new Error(`Waited in vain on ${page}: ${frames.at(-1)?.slice(0, 300)}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const { protocol, session } = boot;
  socket.send(JSON.stringify({ t: "resume", protocol, session, tree: 0 }));
  await until((frame) => frame.includes('"done":'));
  const buttons = new Set(frames.join("\n").match(/(?<=\[")(?:button|formSubmitButton)[:#][^"\\]*(?=",)/g));
  let n = 0;
  for (const id of buttons) {
    socket.send(JSON.stringify({ t: "event", n: ++n, tree: 1, trigger: { id } }));
    await until((frame) => frame.includes(`"done":${n}`) || frame.includes(`"n":${n},`));
  }
  const bodies = [];
  for (const handle of new Set(frames.join("\n").match(/(?<="handle":")[\w-]{43}/g))) {
    const headers = { cookie, "sec-fetch-site": "same-origin" };
    bodies.push(await (await fetch(new URL(`/_strongroom/bytes/${handle}`, url), { headers })).text());
  }
  socket.close();
  return [html, ...frames, ...bodies];
}

/** The whole attack of `strongroom attack`; answers how often it was tried. */
function attack(url: string): Promise<number> {
  const program = join(packageRoot, "bin", "strongroom.mjs");
  return new Promise((resolve) => {
    execFile(process.execPath, [program, "attack", "--json", url], (_, text) => {
      const { lines } = JSON.parse(text) as { lines: readonly { tried: number }[] }; // what the command prints
      resolve(lines.reduce((sum, { tried }) => sum + tried, 0));
    });
  });
}

const examples = [
  { name: "days-off", seedWith: daysOff, pages: ["/", "/my-days", "/who-is-away"], args: asAlice },
  { name: "hello", seedWith: airports, pages: ["/", "/review-list"], args: [] },
  { name: "stockroom", seedWith: parts, pages: ["/", "/add-a-part", "/to-order"], args: [] },
] as const;

test("each of the examples is looked at", () => {
  expect(examples.map(({ name }) => name)).toEqual(readdirSync(join(root, "examples")).toSorted());
});

test.each(examples)("no secret leaves examples/$name, nor while it is attacked", slow, async (example) => {
  const { name, seedWith, pages, args } = example;
  const folder = exampleWith(name, seedWith);
  await using recorder = await startRecorder();
  const config = "[metrics]\nenabled = true\nport = 0\n";
  await using server = await serve(folder, { config, args });
  recorder.lead(server.url);
  const metrics = (await server.line(/^metrics (http:\S+)$/))[1] ?? "";
  const printed: string[] = [];
  for (const stream of [server.child.stdout, server.child.stderr])
    stream?.on("data", (chunk: Buffer) => printed.push(chunk.toString()));
  const sent: string[] = [];
  for (const page of pages) sent.push(...(await everythingOf(server, page)));
  expect(await attack(recorder.origin)).toBeGreaterThan(100);
  const attacked = recorder.said().join("\n");
  sent.push(await (await fetch(metrics)).text());
  // Without it, the search would prove nothing.
  for (const text of [sent.join("\n"), attacked]) expect(text).toContain("•••");
  expect(sent.at(-1)).toContain("strongroom_");
  expect(leaksIn([...sent, attacked, ...printed].join("\n"), all)).toEqual([]);
  const state = join(server.folder, ".strongroom", "state");
  expect(readdirSync(join(state, "audit")).length).toBeGreaterThan(0);
  for (const entry of readdirSync(state, { recursive: true, withFileTypes: true })) {
    // The app's own data has them by right.
    if (!entry.isFile() || /^(strikes|stock|days)\.db/.test(entry.name)) continue;
    const text = readFileSync(join(entry.parentPath, entry.name), "latin1");
    expect([entry.name, leaksIn(text, all)]).toEqual([entry.name, []]);
  }
});
