import { randomBytes } from "node:crypto";
import type { StopCode } from "../sessions/recovery.ts";
import type { Answer } from "./answer.ts";

interface Words {
  readonly title: string;
  readonly text: string;
  /** The way on. */
  readonly link: string;
  /** What stands in the head, too. */
  readonly head?: string;
  /** Stands over the title, loud: what nobody may overlook. */
  readonly sign?: string;
  /** More rules, for what no other page has. */
  readonly style?: string;
  /** Nothing is wrong: the status is not shown. */
  readonly isQuiet?: boolean;
}

// The theme's own colours; a page that stands in for others must not depend on their files.
const style = `
:root{color-scheme:light dark;--ink:light-dark(oklch(.24 .015 235),oklch(.94 .006 220));--ink-2:light-dark(oklch(.46 .016 235),oklch(.76 .012 225));
--paper:light-dark(oklch(.988 .003 95),oklch(.185 .012 235));--raised:light-dark(#fff,oklch(.225 .014 235));--line:color-mix(in oklch,var(--ink) 10%,transparent);
--accent:light-dark(oklch(.5 .095 195),oklch(.74 .1 190));--on-accent:light-dark(#fff,oklch(.2 .03 200))}
*{box-sizing:border-box}body{margin:0;min-height:100vh;display:grid;place-items:center;padding:24px;background:var(--paper);color:var(--ink);
font:400 15px/24px "Geist",ui-sans-serif,system-ui,"Segoe UI",Roboto,sans-serif}
main{max-width:440px;width:100%;padding:32px;background:var(--raised);border:1px solid var(--line);border-radius:14px}
p{margin:0 0 12px;color:var(--ink-2)}main>:last-child{margin-bottom:0}.code{font:500 13px/18px ui-monospace,"SF Mono",Menlo,Consolas,monospace;letter-spacing:.04em;color:var(--accent)}
h1{margin:0 0 8px;font-weight:600;font-size:21px;line-height:28px;letter-spacing:-.014em;text-wrap:balance}b{color:var(--ink);overflow-wrap:anywhere}
pre{margin:0 0 16px;padding:10px 12px;overflow-x:auto;border:1px solid var(--line);border-radius:9px;font:400 13px/20px ui-monospace,"SF Mono",Menlo,Consolas,monospace}
form{margin:0}[data-when]{margin-top:12px}a,button{display:inline-flex;align-items:center;min-height:36px;margin-top:8px;padding:0 14px;border-radius:9px;background:var(--accent);color:var(--on-accent);font-size:14px;font-weight:500;text-decoration:none}
label+button{margin-top:20px}button,.wide{justify-content:center;width:100%}button{border:0;font-family:inherit;cursor:pointer}
.sign{margin:-32px -32px 24px;padding:8px 32px;border-radius:13px 13px 0 0;background:light-dark(oklch(.45 .1 70),oklch(.86 .1 85));color:light-dark(#fff,oklch(.2 .03 80));font-size:14px;font-weight:600}
h2{margin:24px 0 0;font-weight:600;font-size:15px;line-height:24px}label{display:block;margin-top:8px;font-size:13px;font-weight:500}small{color:var(--ink-2);font-size:13px}
input{display:block;width:100%;min-height:36px;padding:0 10px;border:1px solid color-mix(in oklch,var(--ink) 45%,transparent);border-radius:9px;background:var(--paper);color:var(--ink);font:inherit;font-size:14px}
.who,.quiet{background:none;color:var(--ink);border:1px solid color-mix(in oklch,var(--ink) 25%,transparent)}.who{justify-content:flex-start;flex-wrap:wrap;gap:0 8px;text-align:left}
a:focus-visible,input:focus-visible,button:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
@media(pointer:coarse){a,button,input{min-height:44px}input{font-size:16px}}
@media(max-width:480px){body{padding:16px}main{padding:24px 20px}.sign{margin:-24px -20px 20px;padding:8px 20px}}
@media(forced-colors:active){a,button,.here{border:1px solid}}
`;

/** Without a referrer at all, browsers would send our own forms with no origin: nobody could sign in by one. */
const referrer = '<meta name="referrer" content="same-origin">';

/** A browser that is told of no icon asks for one, which would be refused, and written down, as a page. */
const icon = '<link rel="icon" href="data:,">';

/** A page that stands in for one of the app's. Its words are HTML. */
export function plainPage(
  status: number,
  { title, text, link, head = "", sign, style: own = "", isQuiet = false }: Words,
  more: { detail?: string; headers?: Answer["headers"] } = {},
): Answer {
  const nonce = randomBytes(16).toString("base64");
  const detail = more.detail === undefined ? "" : `<pre>${escapeHtml(more.detail)}</pre>`;
  const loud = sign === undefined ? "" : `<p class="sign">${sign}</p>`;
  const code = isQuiet ? "" : `<p class="code">${status}</p>`;
  const body = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">${referrer}${icon}<title>${title}</title>${head}<style nonce="${nonce}">${style}${own}</style></head><body><main>${loud}${code}<h1>${title}</h1><p>${text}</p>${detail}${link}</main></body></html>`;
  return {
    status,
    type: "text/html; charset=utf-8",
    body,
    policy: { kind: "document", nonce },
    headers: more.headers ?? {},
  };
}

const again = `<a href="">Try again</a>`;

export function fullPage(retryAfterSeconds: number, isYours: boolean): Answer {
  const words = isYours
    ? {
        title: "Too many open pages",
        text: "This browser has more pages of this app open than it may. Close some, then try again.",
        link: again,
      }
    : {
        title: "The server is busy",
        text: "More people are here right now than there is room for. Try again in a moment.",
        link: again,
      };
  return plainPage(isYours ? 429 : 503, words, { headers: { "Retry-After": String(retryAfterSeconds) } });
}

export function startingPage(): Answer {
  const words = {
    title: "The app is starting",
    text: "It is not ready yet. This page asks again by itself.",
    link: again,
    head: '<meta http-equiv="refresh" content="4">',
    isQuiet: true,
  };
  return plainPage(503, words, { headers: { "Retry-After": "2" } });
}

const stopWords: Readonly<Record<StopCode, string>> = {
  "stopped-blocked":
    "Its code kept the server busy for longer than it may, without a pause, so it was stopped.",
  "stopped-memory": "Its code used more memory than it may, so it was stopped.",
  "stopped-crashed": "Its code ended its own process again and again, so it was not started once more.",
};

/** The page cannot be shown at all: its first run was stopped. `place` is for authors. */
export function stoppedPage(code: StopCode, place: string | undefined): Answer {
  const words = { title: "This page was stopped", text: stopWords[code], link: again };
  return plainPage(500, words, place === undefined ? {} : { detail: `Stopped at ${place}` });
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
