import { audioInputSpec } from "../../elements/audio-input/audio-input.schema.ts";
import { cameraInputSpec } from "../../elements/camera-input/camera-input.schema.ts";
import type { Device, Policy } from "./security-headers.ts";
import { randomBytes } from "node:crypto";
import { themes, type Boot, type Theme } from "../../wire/boot.ts";
import { splitQuery, type Embed } from "../../wire/embed-query.ts";
import { limits } from "../../wire/limits.ts";
import { pageCookie, tabCookie, themeCookie } from "../../wire/page-cookies.ts";
import { readCookie, writeCookie } from "../edge/cookies.ts";
import { viewerLocale } from "../edge/viewer-locale.ts";
import type { AskedByVisitor } from "../operation.ts";
import type { Services } from "../services.ts";
import type { FirstView } from "../sessions/first-view.ts";
import type { Session } from "../sessions/session.ts";
import { withCookies, type Answer } from "./answer.ts";
import { barredPage, missingPage } from "./access-pages.ts";
import { packedPage } from "./packed-page.ts";
import { fullPage, startingPage, stoppedPage } from "./error-page.ts";
import { leftBehind, servedLine } from "./left-behind.ts";
import { playedBy, signedIn } from "./played-by.ts";

const pageGrammar = /^[a-z0-9_-]*$/i;
const html = "text/html; charset=utf-8";

interface Opened {
  readonly session: Session;
  readonly token: string;
  readonly isNew: boolean;
}

interface Shown extends Opened {
  readonly messages: Boot["messages"];
}

/** The whole page, drawn: of the session that this tab had a moment ago, or of a new one. */
export async function documentAnswer(services: Services, asked: AskedByVisitor): Promise<Answer> {
  const { access, sessions } = services;
  const entered = access.enter(access.identityOf(asked.viewer));
  if (!entered.ok) return withCookies(barredPage(services, asked), cookiesOf(asked));
  const left = asked.isHead ? undefined : await leftBehind(services, asked);
  if (left === undefined) return shownPage(services, asked, undefined);
  return sessions.whileRefreshed(left, () => shownPage(services, asked, left));
}

async function shownPage(
  services: Services,
  asked: AskedByVisitor,
  left: string | undefined,
): Promise<Answer> {
  const { access, pool, editing, isDraining } = services;
  const page = asked.path.slice(1);
  await pool.started; // the port is open before: who comes early waits for the app, not for its problem
  const isCompiled = pool.pages.length > 0;
  const isPage = isCompiled ? pool.pages.some(({ path }) => path === page) : pageGrammar.test(page);
  // What is there for others only, is not there: both get one answer.
  if (!isPage || !access.see(asked.viewer, page).ok) return missing(services, asked);
  if (isDraining() || (!isCompiled && pool.problem !== undefined && !editing)) return startingPage();
  if (asked.isHead) return { status: 200, type: html };
  const opened = (await takeUp(services, asked, left)) ?? begin(services, asked, page);
  if ("status" in opened) return opened;
  const view = await firstView(services, opened.session);
  if (!view.ok) return stopped(services, opened, view);
  // A browser holds the token from here on: whatever dies now, it must find its session again.
  await services.sessions.writer.now(opened.session);
  return draw(services, asked, { ...opened, messages: view.messages });
}

/** Makes a viewer of a visitor only where that is of use: to sign in from there. */
function missing(services: Services, asked: AskedByVisitor): Answer {
  const page = missingPage(services, asked);
  return services.signIn.providers.size === 0 ? page : withCookies(page, cookiesOf(asked));
}

/** The session that a tab left behind, wherever a run has led it since: the address follows. */
async function takeUp(
  { access, sessions }: Services,
  { viewer }: AskedByVisitor,
  token: string | undefined,
): Promise<Opened | undefined> {
  const session = token === undefined ? undefined : await sessions.find(token, viewer);
  if (token === undefined || session === undefined) return undefined;
  return access.see(viewer, session.value.page).ok ? { session, token, isNew: false } : undefined;
}

function begin(
  { sessions, viewers }: Services,
  { viewer, address, query }: AskedByVisitor,
  page: string,
): Opened | Answer {
  const refused = viewers.begin(address) ?? viewers.enter(viewer, "sessions");
  if (refused !== undefined) return fullPage(refused.retryAfterSeconds, refused.why === "yours");
  return { ...sessions.begin(viewer, page, splitQuery(query).query), isNew: true };
}

async function firstView({ pool, patience }: Services, session: Session): Promise<FirstView> {
  const isReady = pool.pages.length > 0;
  // Nothing runs before the app compiles: the page comes with the problem, and fills itself once that is mended.
  return session.firstView(isReady ? patience : { forRunMs: 0, forAnythingMs: 0 });
}

async function stopped(
  { sessions, showErrorDetails }: Services,
  opened: Opened,
  view: FirstView & { ok: false },
): Promise<Answer> {
  if (opened.isNew) await sessions.forget(opened.session);
  return stoppedPage(view.stopped, showErrorDetails ? view.place : undefined);
}

async function draw(services: Services, asked: AskedByVisitor, shown: Shown): Promise<Answer> {
  const { browser, log, look } = services;
  const nonce = randomBytes(16).toString("base64");
  const boot = bootOf(services, asked, shown);
  const theme = themeOf(asked, boot.embed, look.base);
  const onFault = (error: unknown): void =>
    log.error({ err: error }, "A page could not be drawn on the server; the browser draws it.");
  const text = await browser.renderPage({
    boot,
    nonce,
    manifest: browser.manifest,
    assets: `${asked.site.base}/_strongroom/`,
    css: look.css,
    theme,
    onFault,
  });
  const packed = await packedPage(asked.headers["accept-encoding"], text);
  const policy: Policy = {
    kind: "document",
    nonce,
    script: browser.firstScriptHash,
    devices: devicesOf(shown.messages),
  };
  // A page that goes on clears the tab's cookie itself: an answer may come when the next refresh has written it anew.
  const cookies = [...(shown.isNew ? cookiesOf(asked) : []), servedLine(shown.token, asked)];
  const { body, headers } = packed;
  return withCookies({ status: 200, type: html, body, policy, headers }, cookies);
}

function bootOf(services: Services, asked: AskedByVisitor, { token, messages }: Shown): Boot {
  const { editing, look, pool, tickets } = services;
  const { embed } = splitQuery(asked.query);
  return {
    protocol: limits.protocol,
    session: token,
    ticket: tickets.issue(asked.viewer),
    messages,
    problem: editing ? (pool.problem?.slice(0, 20_000) ?? null) : null,
    editing,
    ...playedBy(services, asked),
    ...signedIn(services, asked),
    shows: look.shows,
    ...(embed && { embed }),
    locale: viewerLocale(asked.headers["accept-language"]),
  };
}

/** What elements of the page need of the viewer's machine; one that comes later asks for the page anew. */
function devicesOf(messages: Boot["messages"]): readonly Device[] {
  const kinds = new Set(
    messages.flatMap((message) => (message.t === "tree" ? message.nodes.map(([, , kind]) => kind) : [])),
  );
  return [
    ...(kinds.has(cameraInputSpec.kind) ? (["camera"] as const) : []),
    ...(kinds.has(audioInputSpec.kind) ? (["microphone"] as const) : []),
  ];
}

/** Makes a viewer of a visitor; what the tab showed before is not gone on with. */
function cookiesOf({ setCookie, headers, site }: AskedByVisitor): readonly string[] {
  const lines = setCookie === undefined ? [] : [setCookie];
  const name = pageCookie(tabCookie, site.base);
  if (readCookie(headers.cookie, name) === undefined) return lines;
  const gone = { name, sameSite: "Strict", httpOnly: false, maxAgeSeconds: 0 } as const;
  return [...lines, writeCookie(gone, "", site)];
}

/** What the frame asks for; else the viewer's choice; the app's own until there is one. */
function themeOf(
  { headers, site }: AskedByVisitor,
  embed: Embed | undefined,
  own: Theme | undefined,
): Theme | undefined {
  if (embed?.theme !== undefined) return embed.theme;
  const value = readCookie(headers.cookie, pageCookie(themeCookie, site.base));
  if (value === undefined) return own;
  return themes.find((theme) => theme === value);
}
