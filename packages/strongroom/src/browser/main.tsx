/** Bundled for the browser: takes up the page that the server drew. */
import "./theme/tokens.css";
import "./theme/base.css";
import { createRoot, hydrateRoot } from "react-dom/client";
import { views } from "../elements/views.ts";
import { bootElementId, bootSchema, type Boot } from "../wire/boot.ts";
import { decodeText } from "../wire/schema.ts";
import { Connection } from "./connection.ts";
import { settleEarly } from "./early.ts";
import { Keeper } from "./keeper.ts";
import { browserLine, watchLine } from "./line.ts";
import { heed, reloadOnce } from "./news.ts";
import type { Page } from "./page-context.ts";
import { Root, rootElementId } from "./root.tsx";
import { browserSheet } from "./sheet.ts";
import { followAddress, placeNow } from "./shell/address.ts";
import { ShellState } from "./shell/shell-state.ts";
import { followTheme, themeNow } from "./shell/theme.ts";
import { Store } from "./store.ts";
import { ViewCode } from "./view-code.ts";

const maxBootChars = 64_000_000;

async function start(): Promise<void> {
  const root = document.getElementById(rootElementId);
  if (root === null) throw new TypeError("The document's root was expected.");
  const boot = readBoot();
  const store = new Store();
  store.place.set(placeNow());
  for (const message of boot.messages) store.receive(message);
  const code = new ViewCode(views);
  await code.load(store.kinds());
  const shell = new ShellState({
    problem: boot.problem,
    theme: themeNow(),
    isEditing: boot.editing,
    playing: boot.playing,
    isSignedIn: boot.signedIn === true,
    shows: boot.shows,
    embed: boot.embed,
  });
  const page: Page = { store, code, shell };
  // What was kept from an earlier load comes after: the first drawing is the server's, to the letter.
  const replay = settleEarly();
  const onAlive = (): void => {
    const keeper = keep(boot, store);
    connect(boot, page, keeper);
    // Outside of React's own work, so that each event is done with before the next.
    setTimeout(replay);
  };
  follow(page);
  const tree = <Root page={page} locale={boot.locale} sink={browserSheet()} onAlive={onAlive} />;
  if (root.dataset["undrawn"] === undefined) hydrateRoot(root, tree);
  else createRoot(root).render(tree);
}

function readBoot(): Boot {
  const text = document.getElementById(bootElementId)?.textContent ?? "";
  const decoded = decodeText(bootSchema, text, maxBootChars);
  if (!decoded.ok) throw new TypeError(`Boot data: ${decoded.expected} was expected at ${decoded.at}.`);
  return decoded.value;
}

/** The page's parts hear of each other. */
function follow({ store, code, shell }: Page): void {
  code.onLoad = (kind) => store.redraw(kind);
  store.fetchCode = (kinds) => code.fetch(kinds);
  store.refusalOf = (kind, props, answer) => code.get(kind)?.refusalOf(props, answer);
  code.onFail = () => {
    if (shell.isConnected.get()) reloadOnce();
  };
  store.onMistake = () => {
    setTimeout(focusOnMistake);
  };
  followAddress(store, shell.embed?.query);
  followTheme(shell.theme, shell.embed?.theme !== undefined);
}

/** Leads to the first field that is wrong: of the form that the viewer is in, else of the page. */
function focusOnMistake(): void {
  const wrong = '[aria-invalid="true"]';
  const form =
    document.activeElement?.closest(`form:has(${wrong})`) ??
    document.querySelector(`main form:has(${wrong})`);
  const field = (form ?? document).querySelector<HTMLElement>(wrong);
  // A group cannot have the focus: its first control can.
  (field?.matches('[role="radiogroup"]') === true ? field.querySelector("input") : field)?.focus();
}

/** Takes up what an earlier load of this page left, and keeps what a later one will need. */
function keep({ session }: Boot, store: Store): Keeper {
  const keeper = new Keeper(shelf(), session);
  const [navigation] = performance.getEntriesByType("navigation");
  const isReload = navigation instanceof PerformanceNavigationTiming && navigation.type === "reload";
  const dump = keeper.load(store.place.get().page, isReload);
  if (dump !== undefined) store.restore(dump);
  keeper.follow(store);
  return keeper;
}

function shelf(): Storage | undefined {
  try {
    return sessionStorage;
  } catch {
    return undefined; // forbidden by the viewer's settings: a refresh then begins with what the server knows
  }
}

function connect({ session, ticket }: Boot, page: Page, keeper: Keeper): void {
  const { store, shell } = page;
  const connection = new Connection(browserLine, { store, session, ticket });
  shell.stop = () => connection.stop();
  connection.isOpen.subscribe(() => shell.isConnected.set(connection.isOpen.get()));
  connection.onMessage = (message) => heed(message, page, keeper);
  watchLine(connection, () => keeper.save(store));
  shell.isConnected.set(false);
  connection.connect();
  // From here on, what comes may fade in.
  requestAnimationFrame(() => (document.documentElement.dataset["live"] = ""));
}

void start();
