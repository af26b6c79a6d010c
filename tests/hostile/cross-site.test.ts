import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchChromium } from "../chromium.ts";
import { serve, type Server as App } from "../running/app-server.ts";

const source = fileURLToPath(new URL("every-widget", import.meta.url));
let app: App;
let browser: Browser;
let attacker: Server;
let port = 0;

beforeAll(async () => {
  attacker = createServer((_, response) =>
    response.setHeader("content-type", "text/html").end("<title>attacker</title>"),
  );
  await once(attacker.listen(0), "listening");
  port = (attacker.address() as AddressInfo).port; // it listens on a port
  [app, browser] = await Promise.all([serve(source), launchChromium()]);
}, 90_000);

afterAll(async () => {
  attacker.closeAllConnections();
  attacker.close();
  await browser.close();
  await app[Symbol.asyncDispose]();
});

/** What a page of an attacker gets of the app, in the browser of somebody who has it open. */
async function attackFrom(host: string) {
  await using context = await browser.newContext();
  const own = await context.newPage();
  await own.goto(app.url);
  const asset = await own.locator("script[src]").first().getAttribute("src");
  const page = await context.newPage();
  await page.goto(`http://${host}:${port}/`);
  return await page.evaluate(attempts, { url: app.url, asset: new URL(asset ?? "", app.url).href });
}

/** Runs in the attacker's page: each line says what it got. */
async function attempts({ url, asset }: { url: string; asset: string }): Promise<Record<string, string>> {
  const answer = (trying: Promise<string>): Promise<string> => trying.catch(() => "nothing");
  const loaded = (element: HTMLElement, name: "src" | "href"): Promise<string> =>
    new Promise((resolve) => {
      element.addEventListener("load", () => resolve("loaded"));
      element.addEventListener("error", () => resolve("nothing"));
      element.setAttribute(name, asset);
      document.head.append(element);
    });
  const socket = (path: string): Promise<string> =>
    new Promise((resolve) => {
      const tried = new WebSocket(`${url.replace("http", "ws")}_strongroom/socket${path}`);
      tried.addEventListener("open", () => resolve("open"));
      tried.addEventListener("error", () => resolve("nothing"));
    });
  const read = (path: string, init: RequestInit): Promise<string> =>
    answer(fetch(url + path, { credentials: "include", ...init }).then((heard) => heard.text()));
  const body = new FormData();
  body.set("file", new Blob(["a,b"]), "a.csv");
  return {
    page: await read("", {}),
    health: await read("healthz", {}),
    ticket: await read("_strongroom/ticket", { method: "POST" }),
    "ticket, unseen": await read("_strongroom/ticket", { method: "POST", mode: "no-cors" }),
    upload: await read(`_strongroom/upload/${"s".repeat(43)}`, { method: "PUT", body: "a,b" }),
    form: await read("_strongroom/ticket", { method: "POST", mode: "no-cors", body }),
    beacon: String(navigator.sendBeacon(`${url}_strongroom/login`, "x") && "sent"),
    socket: await socket(""),
    "socket with a ticket": await socket(`?ticket=${"t".repeat(43)}`),
    script: await loaded(document.createElement("script"), "src"),
    style: await loaded(Object.assign(document.createElement("link"), { rel: "stylesheet" }), "href"),
    picture: await loaded(document.createElement("img"), "src"),
  };
}

describe.each([
  ["another site's", "localhost"],
  ["another port's", "127.0.0.1"],
])("the page of an attacker at %s address", (_, host) => {
  test("another site's page opens no socket, sends nothing and reads nothing", async () => {
    const { beacon, ...got } = await attackFrom(host);
    expect(beacon).toBe("sent"); // the attempts ran
    // Of what it may not see, a browser gives an empty text.
    expect(Object.entries(got).filter(([, what]) => what !== "nothing" && what !== "")).toEqual([]);
  });
});

test("no other page holds it in a frame", async () => {
  const page = await browser.newPage();
  await page.goto(`http://localhost:${port}/`);
  const blocked = page.waitForEvent("console", (message) => /frame/i.test(message.text()));
  await page.evaluate((url) => {
    document.body.append(Object.assign(document.createElement("iframe"), { src: url }));
  }, app.url);
  await blocked;
  const frames = page.frames().slice(1);
  expect(frames).toHaveLength(1);
  expect(await frames[0]?.title()).not.toContain("app");
  expect(frames[0]?.url()).toMatch(/^(chrome-error:|about:blank)/);
  await page.close();
});
