import { createHash } from "node:crypto";
import { access, readFile } from "node:fs/promises";
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
  /** Of the script that stands in the document, as a content security policy names it. */
  readonly firstScriptHash: string;
  readonly renderPage: (input: RenderInput) => Promise<string>;
  /** Takes the renderer into memory: the largest part of the gateway, and of no use before the first page is drawn. */
  readonly load: () => Promise<void>;
}

type RenderPage = BrowserBuild["renderPage"];

/** Finds what `npm run build` has made of the browser's side; says so when it has not. */
export async function findBrowserBuild(folder: string): Promise<BrowserBuild> {
  const file = join(folder, "render.js");
  let loading: Promise<RenderPage> | undefined;
  const render = (): Promise<RenderPage> => (loading ??= explained(folder, () => loadRenderer(file)));
  const manifest = await explained(folder, async () => {
    await access(file);
    return readManifest(folder);
  });
  const load = async (): Promise<void> => void (await render());
  const firstScriptHash = `sha256-${createHash("sha256").update(manifest.firstScript).digest("base64")}`;
  return { folder, manifest, firstScriptHash, load, renderPage: async (input) => (await render())(input) };
}

async function readManifest(folder: string): Promise<AssetManifest> {
  const text = await readFile(join(folder, "manifest.json"), "utf8");
  const decoded = decodeText(assetManifestSchema, text, maxManifestChars);
  if (!decoded.ok) throw new TypeError(`manifest.json: ${decoded.expected} was expected at ${decoded.at}`);
  return decoded.value;
}

async function loadRenderer(file: string): Promise<RenderPage> {
  // Our own file, not a viewer's or an author's; its export is checked right here.
  const { renderPage } = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
  if (typeof renderPage !== "function") throw new TypeError("it does not export renderPage");
  return renderPage as RenderPage;
}

async function explained<T>(folder: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    const why = error instanceof Error ? error.message : "unknown error";
    throw new GatewayError(
      "ERR_NOT_BUILT",
      `The browser's part of Strongroom cannot be loaded from ${folder} (${why}). In the repository run: npm run build. Otherwise install the package strongroom again.`,
      { cause: error },
    );
  }
}
