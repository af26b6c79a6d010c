/** Bundled for the server: makes the whole document of a first page view. */
import { renderToString } from "react-dom/server";
import { views } from "../elements/views.ts";
import { bootElementId, type RenderInput } from "../wire/boot.ts";
import { htmlAttribute, htmlText, jsonForHtml } from "./html.ts";
import { Root, rootElementId } from "./root.tsx";
import { serverSheet } from "./sheet.ts";
import { headOf, iconUrl, titleOf } from "./shell/page-head.ts";
import { ShellState } from "./shell/shell-state.ts";
import { Store } from "./store.ts";
import { ViewCode } from "./view-code.ts";

/** Code, not state of any viewer: each view is loaded once in the process. */
const code = new ViewCode(views);

/** The document: everything drawn, and the data from which the browser goes on. */
export async function renderPage(input: RenderInput): Promise<string> {
  const { boot, theme } = input;
  const store = new Store();
  for (const message of boot.messages) store.receive(message);
  const kinds = [...store.kinds()];
  await code.load(kinds);
  const shell = new ShellState({
    problem: boot.problem,
    theme,
    isEditing: boot.editing,
    playing: boot.playing,
    isSignedIn: boot.signedIn === true,
    shows: boot.shows,
    embed: boot.embed,
  });
  const sink = serverSheet();
  const body = draw(
    () => renderToString(<Root page={{ store, code, shell }} locale={boot.locale} sink={sink} />),
    input.onFault,
  );
  const head = headOf(store.shown("page").get().node?.props);
  const icon = iconUrl(head.icon);
  return documentOf(input, { title: titleOf(head), icon, body, css: sink.css(), kinds });
}

/** A view that cannot be drawn here is drawn in the browser, where it fails in its own place; the page comes all the same. */
function draw(render: () => string, onFault: RenderInput["onFault"]): string | undefined {
  try {
    return render();
  } catch (error) {
    onFault?.(error);
    return undefined;
  }
}

/** Shorter than the headers of an answer of its own. */
const ownIcon = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" rx="7" fill="#0a7d7d"/><g fill="none" stroke="#fff" stroke-width="1.9" stroke-linecap="round"><path d="M12 4.6V7M12 17v2.4M4.6 12H7M17 12h2.4"/><circle cx="12" cy="12" r="4.4"/></g></svg>')}`;

interface Drawn {
  readonly title: string;
  /** The author's own sign. */
  readonly icon: string | undefined;
  readonly body: string | undefined;
  readonly css: string;
  readonly kinds: readonly string[];
}

function documentOf(
  { boot, nonce, manifest, assets, css: themeCss, theme }: RenderInput,
  { title, icon, body, css, kinds }: Drawn,
): string {
  const href = (file: string): string => htmlAttribute(`${assets}${file}`);
  const chunks = new Set([...manifest.entryChunks, ...kinds.flatMap((kind) => manifest.views[kind] ?? [])]);
  return [
    `<!doctype html><html lang="${htmlAttribute(boot.locale)}"${theme === undefined ? "" : ` data-theme="${theme}"`}${boot.embed?.hides.includes("scrolling") === true ? " data-still" : ""}><head>`,
    `<meta charset="utf-8">`,
    // Before all style sheets: a script waits for those above it. Its text is the build's, to the letter: the policy names its hash.
    `<script data-session="${htmlAttribute(boot.session)}">${manifest.firstScript}</script>`,
    `<meta name="viewport" content="width=device-width,initial-scale=1">`,
    `<meta name="color-scheme" content="${theme ?? "light dark"}"><title>${htmlText(title)}</title>`,
    ...manifest.css.map((file) => `<link rel="stylesheet" href="${href(file)}">`),
    `<meta property="csp-nonce" nonce="${htmlAttribute(nonce)}">`,
    css + themeCss === "" ? "" : `<style nonce="${htmlAttribute(nonce)}">${themeCss}${css}</style>`,
    `<link rel="icon" type="image/svg+xml" href="${htmlAttribute(icon ?? ownIcon)}">`,
    `<script type="module" src="${href(manifest.entry)}"></script>`,
    ...[...chunks].map((file) => `<link rel="modulepreload" href="${href(file)}">`),
    `</head><body><div id="${rootElementId}"${body === undefined ? " data-undrawn" : ""}>${body ?? ""}</div>`,
    `<script type="application/json" id="${bootElementId}">${jsonForHtml(boot)}</script>`,
    `<noscript>This app needs JavaScript to answer you.</noscript></body></html>`,
  ].join("");
}
