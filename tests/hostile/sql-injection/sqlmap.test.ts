import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { isOnPath } from "../../../tools/test/programs.ts";
import { serve } from "../../running/app-server.ts";
import { openRaw } from "../../running/raw-session.ts";
import { bridge } from "./bridge.ts";

const app = fileURLToPath(new URL("bridged", import.meta.url));
const output = mkdtempSync(join(tmpdir(), "strongroom-sqlmap-"));
afterAll(() => rmSync(output, { recursive: true, force: true }));

const settings = [
  "-p",
  "q",
  "--batch",
  "--disable-coloring",
  "--flush-session",
  `--output-dir=${output}`,
  "--level=3",
  "--risk=3",
  "--dbms=sqlite",
  "--technique=BEUS",
  "--timeout=10",
  "--retries=0",
  "--threads=1",
];

/** What sqlmap says of a URL within a time; it is ended where it takes longer. */
function sqlmap(url: string, limitMs: number): Promise<string> {
  const child = spawn("sqlmap", ["-u", url, ...settings], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => (said += chunk.toString()));
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill("SIGKILL"), limitMs);
    child.once("close", () => {
      clearTimeout(timer);
      resolve(said);
    });
  });
}

const isMissing = !isOnPath("sqlmap");
if (isMissing) console.error("sqlmap is not installed: this test needs it (Debian: apt-get install sqlmap)");

test.skipIf(isMissing)("sqlmap finds the hole in a page that has one", { timeout: 120_000 }, async () => {
  const database = new DatabaseSync(":memory:");
  database.exec(readFileSync(join(app, "seed.sql"), "utf8"));
  await using open = await bridge((q) => {
    try {
      return JSON.stringify(database.prepare(`select id, name, price from orders where name = '${q}'`).all());
    } catch (error) {
      return String(error);
    }
  });
  const said = await sqlmap(open.url, 90_000);
  expect(said).toContain("'q' is vulnerable");
});

test.skipIf(isMissing)("sqlmap finds none in a page of ours", { timeout: 150_000 }, async () => {
  await using server = await serve(app);
  const session = await openRaw(server.url);
  let page = "";
  let answered = 0;
  await using closed = await bridge(async (q) => {
    await session.send({ values: { "textArea:Name": q } });
    // A page that says the same again is not sent again.
    page = /"said: ((?:[^"\\]|\\.)*)"/.exec(session.last)?.[1] ?? page;
    if (page.includes("Ann")) answered++;
    return page;
  });
  const said = await sqlmap(closed.url, 90_000);
  session.close();
  expect(said).toContain("testing for SQL injection on GET parameter 'q'");
  expect(closed.asked()).toBeGreaterThan(50);
  expect(answered).toBeGreaterThan(1);
  expect(said).not.toContain("is vulnerable");
  expect(said).not.toContain("CANARY");
});
