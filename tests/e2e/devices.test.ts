import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { findChromium, launchChromium } from "../chromium.ts";
import { serve } from "../running/app-server.ts";
import { openWatched } from "./watched-page.ts";

const source = fileURLToPath(new URL("files-app/", import.meta.url));
const flags = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"];

describe.skipIf(findChromium() === undefined)("a camera and a microphone", () => {
  test("give a picture and a recording, on pages that show what needs them", async () => {
    await using server = await serve(source);
    await using browser = await launchChromium(flags);
    const { page, faults } = await openWatched(browser, server.url);
    await page.getByRole("button", { name: "Turn the camera on" }).click();
    await page.waitForFunction(() => (document.querySelector("video")?.videoWidth ?? 0) > 0);
    await page.getByRole("button", { name: "Take the picture" }).click();
    await page.getByText("picture.jpg image/jpeg").waitFor();
    await page.getByRole("button", { name: "Record", exact: true }).click();
    await page.waitForTimeout(700);
    await page.getByRole("button", { name: "Stop" }).click();
    await page.getByText("recording.wav audio/wav").waitFor();
    expect(faults).toEqual([]);
    const headers = (await page.reload())?.headers() ?? {};
    expect(headers["permissions-policy"]).toContain("camera=(self)");
    expect(headers["permissions-policy"]).toContain("geolocation=()");
  });
});
