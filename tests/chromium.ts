import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium, type Browser } from "playwright-core";

/** Whom Chromium asks by itself, whatever page it shows: switches alone do not stop all of it. Pages may not ask them. */
const ownHosts = [
  "accounts.google.com",
  "clients2.google.com",
  "content-autofill.googleapis.com",
  "optimizationguide-pa.googleapis.com",
  "redirector.gvt1.com",
  "safebrowsing.googleapis.com",
  "update.googleapis.com",
  "www.google.com",
];
const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  `--host-resolver-rules=${ownHosts.map((host) => `MAP ${host} ~NOTFOUND`).join(", ")}`,
  "--headless",
] as const;

/** The path of a Chromium on this machine: the system's first, then one that playwright-core installed. */
export function findChromium(): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const names = ["chromium", "chromium-browser", "google-chrome"];
  const paths = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...paths, chromium.executablePath()].find((path) => existsSync(path));
}

/** Starts a browser that asks nothing of the network by itself. Dispose of it: `await using browser = …`. */
export function launchChromium(more: readonly string[] = []): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error("No Chromium on this machine. npm test installs one.");
  return chromium.launch({ executablePath, args: [...flags, ...more] });
}
