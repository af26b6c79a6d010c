/** What the gateway gives to the first page view: data for the browser, and what the server needs to draw it. */
import { embedSchema } from "./embed-query.ts";
import { downMembers, token } from "./messages.ts";
import { s } from "./s.ts";
import type { Infer, Schema } from "./schema.ts";

const fileName = s.string({ minLength: 1, maxLength: 300 });

/** Stands in the page as JSON; the browser takes the session up from it. */
export const bootSchema = s.object({
  protocol: s.number({ min: 0, integer: true }),
  /** Names the session; says nothing without the viewer's cookie. */
  session: token,
  /** Opens one socket. */
  ticket: token,
  /** What the first run has sent so far; the last has `done` when the run has ended. */
  messages: s.array(s.variant("t", { tree: downMembers.tree, patch: downMembers.patch }), { max: 10_000 }),
  /** Why the newest save does not compile: for authors while they edit. */
  problem: s.nullable(s.string({ maxLength: 20_000 })),
  /** The author's folder is watched. */
  editing: s.boolean,
  /** An author tries the app out: everybody is somebody, or each is whom they say, or nobody yet. */
  playing: s.optional(
    s.object({ by: s.literal("as", "sign-in"), who: s.optional(s.string({ maxLength: 1_000 })) }),
  ),
  /** The viewer has signed in: there is a page about that. */
  signedIn: s.optional(s.boolean),
  /** What stands round the page and its elements, as the configuration has it. */
  shows: s.object({ themeSwitch: s.boolean, pages: s.boolean, dataExport: s.boolean }),
  /** How the page looks in another, where its address says so. */
  embed: s.optional(embedSchema),
  /** The viewer's first language, as BCP 47 tag. */
  locale: s.string({ minLength: 2, maxLength: 35, pattern: /^[A-Za-z0-9-]+$/ }),
});
export type Boot = Infer<typeof bootSchema>;

/** `dist/browser/manifest.json`, written by the build. Paths are from `dist/browser`. */
const manifest = s.object({
  /** The module that every page loads. */
  entry: fileName,
  /** What the entry imports before it runs. */
  entryChunks: s.array(fileName, { max: 1_000 }),
  /** The module of the few pages that stand beside the app's, in frames and their windows. */
  beside: fileName,
  css: s.array(fileName, { max: 100 }),
  /** The one script that stands in the document itself, as text. */
  firstScript: s.string({ maxLength: 10_000 }),
  /** By kind of element: its view's module and what that imports, without what the entry has loaded. */
  views: s.record(s.array(fileName, { max: 1_000 }), { maxKeys: 1_000 }),
  /** Every file that may be served, with its sizes. */
  files: s.record(s.object({ bytes: s.number({ min: 0 }), gzip: s.number({ min: 0 }) }), { maxKeys: 10_000 }),
});
export type AssetManifest = Infer<typeof manifest>;
export const assetManifestSchema: Schema<AssetManifest> = manifest;

/** The colours that a viewer can choose. */
export const themes = ["light", "dark"] as const;
export type Theme = (typeof themes)[number];

/** What `renderPage` makes a document of. */
export interface RenderInput {
  readonly boot: Boot;
  /** For the one style element of the page, and for the one of react-aria. */
  readonly nonce: string;
  readonly manifest: AssetManifest;
  /** Where assets are served: `/_strongroom/`, below the app's base. */
  readonly assets: string;
  /** The theme of the configuration, as rules of a style sheet. */
  readonly css: string;
  /** From the cookie of that name; leave out what is neither light nor dark. */
  readonly theme?: Theme | undefined;
  /** Hears why a page could not be drawn here; it comes all the same, for the browser to draw. */
  readonly onFault?: (error: unknown) => void;
}

/** The id of the element that holds the boot data. */
export const bootElementId = "strongroom-boot";
