/** Serves an app and visits it in the browser, as tests do: run by itself, in a namespace. */
import { fileURLToPath } from "node:url";
import { launchChromium } from "../chromium.ts";
import { startApp } from "../running/app-server.ts";

const script = fileURLToPath(new URL("../hostile/fuzz/app/app.ts", import.meta.url));
await using server = startApp(script, { args: ["--production"] });
const [, url = ""] = await server.line(/^ready (http:\S+)$/);
await using browser = await launchChromium();
const page = await browser.newPage();
await page.goto(url);
await page.getByText("Level is 0").waitFor();
await page.getByRole("button", { name: "Press" }).click();
await page.getByText("Pressed 1").waitFor();
console.log("visited");
