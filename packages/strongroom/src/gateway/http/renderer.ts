import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { assetManifestSchema, type AssetManifest, type RenderInput } from "../../wire/boot.ts";
import { decodeText } from "../../wire/schema.ts";
import { GatewayError } from "../errors.ts";

const maxManifestChars = 4_000_000;

/** What the build made for the browser. */
export interface BrowserBuild {
  readonly folder: string;
  readonly manifest: AssetManifest;
  readonly renderPage: (input: RenderInput) => Promise<string>;
}

/** Loads what `npm run build` has made of the browser's side; says so when it has not. */
export async function loadBrowserBuild(folder: string): Promise<BrowserBuild> {
  try {
    const text = await readFile(join(folder, "manifest.json"), "utf8");
    const decoded = decodeText(assetManifestSchema, text, maxManifestChars);
    if (!decoded.ok) throw new TypeError(`manifest.json: ${decoded.expected} was expected at ${decoded.at}`);
    // Our own file, not a viewer's or an author's; its export is checked right here.
    const module = (await import(pathToFileURL(join(folder, "render.js")).href)) as Record<string, unknown>;
    const { renderPage } = module;
    if (typeof renderPage !== "function") throw new TypeError("it does not export renderPage");
    return { folder, manifest: decoded.value, renderPage: renderPage as BrowserBuild["renderPage"] };
  } catch (error) {
    const why = error instanceof Error ? error.message : "unknown error";
    throw new GatewayError(
      "ERR_NOT_BUILT",
      `The browser's part of Strongroom cannot be loaded from ${folder} (${why}). In the repository run: npm run build. Otherwise install the package strongroom again.`,
      { cause: error },
    );
  }
}
