import { execFile } from "node:child_process";
import { once } from "node:events";
import { readFileSync, readdirSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { WebSocketServer } from "ws";
import { forgeriesOf, isWidget } from "../../packages/strongroom/src/cli/attack/forgeries.ts";
import { packageRoot } from "../../tools/paths.ts";
import { serve } from "../running/app-server.ts";

const hello = fileURLToPath(new URL("../../examples/hello", import.meta.url));
const everyWidget = fileURLToPath(new URL("every-widget", import.meta.url));
const slow = { timeout: 240_000 };

interface Line {
  readonly what: string;
  readonly tried: number;
  readonly through: readonly string[];
}

/** Runs the real command against an address, and answers its lines. */
function attack(url: string): Promise<{ code: number; lines: readonly Line[] }> {
  const program = join(packageRoot, "bin", "strongroom.mjs");
  return new Promise((resolve) => {
    execFile(process.execPath, [program, "attack", "--json", url], (error, text) => {
      const { lines } = JSON.parse(text) as { lines: readonly Line[] }; // what the command prints
      resolve({ code: Number(error?.code ?? 0), lines });
    });
  });
}

test("nothing gets through to examples/hello, and its widgets were attacked", slow, async () => {
  await using server = await serve(hello);
  const { code, lines } = await attack(server.url);
  expect(lines.filter(({ through }) => through.length > 0)).toEqual([]);
  expect(code).toBe(0);
  expect(lines.filter(({ tried }) => tried > 8).map(({ what }) => what)).toContain("requests");
  expect(lines.some(({ what, tried }) => isWidget(what.split(":")[0] ?? "") && tried > 8)).toBe(true);
});

test("no line of the author's runs for any of it, whatever the widget", slow, async () => {
  await using server = await serve(everyWidget);
  const { lines } = await attack(server.url);
  expect(lines.filter(({ through }) => through.length > 0)).toEqual([]);
  for (const kind of ["slider", "dateInput", "multiselect", "button", "formSubmitButton"])
    expect(lines.some(({ what, tried }) => what.startsWith(`${kind}:`) && tried > 5)).toBe(true);
});

test("a server that takes everything is found out, at each of its doors", slow, async () => {
  await using server = await holedServer();
  const { port } = server.address() as AddressInfo; // it listens on a port
  const { code, lines } = await attack(`http://127.0.0.1:${port}/`);
  expect(code).toBe(1);
  const through = new Map(lines.map((line) => [line.what, line.through]));
  expect(through.get("slider:Size")).toEqual(expect.arrayContaining(["out of range", "a wrong type"]));
  expect(through.get("textInput:Closed")).toContain("disabled");
  for (const what of ["the page's events", "requests", "headers", "tickets", "sessions", "handles", "frames"])
    expect([what, through.get(what)?.length ?? 0]).not.toEqual([what, 0]);
});

test("every widget that there is can be forged", () => {
  const elements = join(packageRoot, "src", "elements");
  const texts = readdirSync(elements, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".schema.ts"))
    .map((path) => readFileSync(join(elements, path), "utf8"));
  const kinds = texts.flatMap((text) =>
    Array.from(text.matchAll(/widgetSpec\(\{\s*kind: "(\w+)"/g), ([, kind = ""]) => kind),
  );
  expect(kinds.length).toBeGreaterThan(10);
  for (const kind of kinds)
    expect([kind, forgeriesOf(kind, { options: ["a"], min: 0, max: 1, step: 1 }).length]).not.toEqual([
      kind,
      0,
    ]);
});

/** Shows a page as ours would, and does whatever it is told. */
async function holedServer(): Promise<Server & AsyncDisposable> {
  const token = "t".repeat(43);
  const nodes = [
    ["slider:Size", "", "slider", { label: "Size", min: 0, max: 10, step: 1 }, 5],
    ["textInput:Closed", "", "textInput", { label: "Closed", disabled: true }, ""],
  ];
  const boot = {
    protocol: 1,
    session: token,
    ticket: token,
    messages: [{ t: "tree", tree: 1, nodes, done: 0 }],
    problem: null,
    editing: false,
    shows: { themeSwitch: true, pages: true, dataExport: true },
    locale: "en",
  };
  const server = createServer((request, response) => {
    request.resume();
    response.setHeader("set-cookie", "viewer=1");
    if (request.url?.startsWith("/_strongroom/ticket") === true) response.end(`{"ticket":"${token}"}`);
    else response.end(`<script id="strongroom-boot">${JSON.stringify(boot)}</script>`);
  });
  const sockets = new WebSocketServer({ server });
  sockets.on("connection", (socket) => {
    // Half of what is tried is no WebSocket at all.
    socket.on("error", () => socket.terminate());
    socket.send('{"t":"commit","n":0}');
    socket.on("message", (data: Buffer) => {
      const event = /"t":"event","n":(\d+)/.exec(data.toString());
      if (event === null) socket.send('{"t":"resumed","received":0,"committed":0}');
      else socket.send(`{"t":"patch","tree":1,"ops":[],"done":${event[1]}}`);
    });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return server;
}
