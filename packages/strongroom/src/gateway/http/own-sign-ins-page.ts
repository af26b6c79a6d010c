import { ownLogins, type OwnLogin } from "../auth/own-logins.ts";
import type { AskedByVisitor, ReachedSite } from "../operation.ts";
import type { Services } from "../services.ts";
import { nameOf } from "./access-pages.ts";
import type { Answer } from "./answer.ts";
import { escapeHtml, plainPage } from "./error-page.ts";
import { actForm, homeLink, ownSignInsLink } from "./sign-in-page.ts";

const maxShown = 50;
const quiet =
  "background:none;color:var(--ink);border:1px solid color-mix(in oklch,var(--ink) 25%,transparent)";
const style = `main{max-width:560px}ul{list-style:none;margin:20px 0 0;padding:0;border-top:1px solid var(--line)}
li{display:flex;align-items:center;gap:4px 16px;padding:14px 0;border-bottom:1px solid var(--line)}li>div{flex:1;min-width:0}
.name{display:flex;flex-wrap:wrap;align-items:center;gap:2px 10px}li b{font-weight:600}li small{display:block;line-height:20px}
li form{flex:none}li button{margin:0;width:auto;${quiet}}
.here{padding:0 8px;border-radius:99px;background:color-mix(in oklch,var(--accent) 14%,transparent);color:var(--accent);font-size:12px;font-weight:500;line-height:20px}
.acts{display:flex;flex-wrap:wrap;align-items:center;gap:8px;margin-top:20px}.acts a,.acts button{margin:0;width:auto}
@media(max-width:480px){body{padding:12px}main{padding:24px 20px}.acts{flex-direction:column;align-items:stretch}.acts a,.acts button{width:100%;justify-content:center}}`;

/** Where somebody sees the browsers in which they are signed in, and signs out of any of them; it needs no script. */
export function ownSignInsPage(services: Services, asked: AskedByVisitor): Answer {
  const { formTickets, logins } = services;
  const identity = logins.find(asked.viewer);
  if (identity === undefined) return signedOutPage(asked.site);
  const now = services.now();
  const own = ownLogins(logins, asked.viewer);
  const lines = own
    .toSorted((a, b) => Number(b.isThis) - Number(a.isThis) || b.seenAt - a.seenAt)
    .slice(0, maxShown)
    .map((login) => line(login, now, { site: asked.site, ticket: formTickets.issue(asked.viewer) }));
  const others =
    own.length < 2
      ? ""
      : actForm(asked.site, {
          act: "logins/end-others",
          words: "Sign out everywhere else",
          query: { ticket: formTickets.issue(asked.viewer) },
        });
  return plainPage(200, {
    title: "Your sign-ins",
    text: `<b>${escapeHtml(nameOf(identity))}</b> is signed in to this app in ${own.length === 1 ? "this browser only." : `${own.length} browsers. Sign out of any that is not yours.`}`,
    link: `<ul>${lines.join("")}</ul><div class="acts">${others}<a class="quiet" href="${asked.site.base}/">Back to the app</a></div>`,
    style,
    isQuiet: true,
  });
}

/** Nobody has signed in, or nobody is any more. */
const signedOutPage = (site: ReachedSite): Answer =>
  plainPage(401, {
    title: "You are not signed in",
    text: "There is nothing to show here.",
    link: homeLink(site),
    isQuiet: true,
  });

/** What the page asked for was done already, or is asked for too late. */
export function staleListPage(site: ReachedSite): Answer {
  return plainPage(400, {
    title: "Nothing was changed",
    text: "The list was open for too long, or this was done already. Look at it again.",
    link: ownSignInsLink(site, ""),
  });
}

function line(
  { id, device, isThis, seenAt, signedInAt }: OwnLogin,
  now: number,
  { site, ticket }: { site: ReachedSite; ticket: string },
): string {
  const name = escapeHtml(device ?? "A browser");
  const here = isThis ? `<span class="here">This browser</span>` : "";
  const [begun, used] = [ago(now - signedInAt), ago(now - seenAt)];
  const since = isThis ? ", in use now" : used === begun ? "" : `, last used ${used}`;
  const form = isThis
    ? actForm(site, {
        act: "logout",
        words: "Sign out",
        query: { ticket },
        label: `Sign out of ${name}, this browser`,
      })
    : actForm(site, {
        act: "logins/end",
        words: "Sign out",
        query: { id, ticket },
        label: `Sign out of ${name}`,
      });
  return `<li><div><span class="name"><b>${name}</b> ${here}</span><small>Signed in ${begun}${since}</small></div>${form}</li>`;
}

const units = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
] as const;
const words = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

/** How long ago, in one unit: where the viewer is, and what their clock says, is not known here. */
function ago(ms: number): string {
  const [unit, size] = units.find(([, each]) => ms >= each) ?? [];
  return unit === undefined ? "a moment ago" : words.format(-Math.floor(ms / size), unit);
}
