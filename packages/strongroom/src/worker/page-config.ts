import { blocksOf, inline } from "./markdown.ts";
import { badOption } from "./errors.ts";
import { checkNames } from "./option-names.ts";
import { currentRun } from "./run.ts";
import type { Props } from "./tree.ts";

/** What stands in the page's menu; `null` takes away what an earlier call set. */
export interface MenuItems {
  /** Where help is: `https:`, `http:` or `mailto:`. */
  readonly getHelp?: string | null;
  /** Where mistakes are told of: `https:`, `http:` or `mailto:`. */
  readonly reportABug?: string | null;
  /** What the app is, in Markdown. */
  readonly about?: string | null;
}

export interface PageConfig {
  /** The title of the browser's tab, and the name of the app above its menu. */
  readonly pageTitle?: string;
  /** One emoji, or `:material/name:`; also in the browser's tab. `"random"` picks an emoji by the page's name. */
  readonly pageIcon?: string;
  /** `"centered"` keeps lines short; `"wide"` (default) uses the window up to 1,128 px. */
  readonly layout?: "centered" | "wide";
  /**
   * How the side bar stands at first in wide windows; `"locked"` keeps it open. A number of px from 200 to 600 is its
   * width. Default `"auto"`: open.
   */
  readonly initialSidebarState?: "auto" | "expanded" | "collapsed" | "locked" | number;
  readonly menuItems?: MenuItems;
}

const isText =
  (maxChars: number) =>
  (value: unknown): boolean =>
    typeof value === "string" && value.length <= maxChars;
const sideStates: readonly unknown[] = ["auto", "expanded", "collapsed", "locked"];
const isAddress = (value: unknown): boolean =>
  value === null ||
  (typeof value === "string" && value.length <= 2_000 && /^(?:https?:\/\/|mailto:)[^\s]+$/i.test(value));

type Check = readonly [fits: (value: unknown) => boolean, expected: string];
/** Of every option: one that is missing does not compile. */
type Checks<O> = Readonly<Record<keyof O, Check>>;

const pageOptions: Checks<PageConfig> = {
  pageTitle: [isText(300), "text of at most 300 characters"],
  pageIcon: [isText(100), 'one emoji, `:material/name:`, or "random"'],
  layout: [(value) => value === "centered" || value === "wide", '"centered" or "wide"'],
  initialSidebarState: [
    (value) => sideStates.includes(value) || (typeof value === "number" && value >= 200 && value <= 600),
    '"auto", "expanded", "collapsed", "locked", or a number of px from 200 to 600',
  ],
  menuItems: [(value) => typeof value === "object" && value !== null, 'an object, as in { about: "…" }'],
};
const menuOptions: Checks<MenuItems> = {
  getHelp: [isAddress, "an address that begins with https:// or mailto:"],
  reportABug: [isAddress, "an address that begins with https:// or mailto:"],
  about: [(value) => value === null || isText(100_000)(value), "Markdown of at most 100,000 characters"],
};

/** Sets what stands round the page; later calls add to earlier ones. */
export function setPageConfig(config: PageConfig): void {
  if (typeof config !== "object" || config === null)
    throw badOption("setPageConfig", "config", 'an object, as in st.setPageConfig({ pageTitle: "Orders" })');
  check(config, pageOptions);
  const { pageTitle, pageIcon, layout, initialSidebarState, menuItems = {} } = config;
  const run = currentRun();
  const props: Record<string, unknown> = {
    ...(pageTitle === undefined ? {} : { title: pageTitle }),
    ...(pageIcon === undefined ? {} : { icon: iconOf(pageIcon, run.session.page) }),
    ...(layout === undefined ? {} : { layout }),
    ...(initialSidebarState === undefined ? {} : { sidebar: initialSidebarState }),
    ...menuProps(menuItems),
  };
  // What was put together here is plain data.
  run.configure(props as Props);
}

function menuProps(items: MenuItems): Record<string, unknown> {
  check(items, menuOptions);
  const { getHelp, reportABug, about } = items;
  return {
    ...(getHelp === undefined ? {} : { help: getHelp ?? "" }),
    ...(reportABug === undefined ? {} : { bug: reportABug ?? "" }),
    ...(about === undefined ? {} : { about: blocksOf(about ?? "") }),
  };
}

function check(given: object, options: Readonly<Record<string, Check>>): void {
  checkNames("st.setPageConfig", given, options);
  const values = new Map<string, unknown>(Object.entries(given));
  for (const [option, [fits, expected]] of Object.entries(options)) {
    const value = values.get(option);
    if (value !== undefined && !fits(value)) throw badOption("setPageConfig", option, expected);
  }
}

const emoji = [
  "🌊",
  "🌲",
  "🍊",
  "🍋",
  "🍒",
  "🎈",
  "🎨",
  "🎯",
  "📈",
  "📎",
  "📚",
  "📦",
  "🔭",
  "🔮",
  "🚀",
  "🚲",
  "🦉",
  "🦊",
  "🧩",
  "🧪",
  "🧭",
  "🪁",
  "🪴",
];

/** A random one is the same for every viewer and run: a sign that changed by itself would be none. */
function iconOf(icon: string, page: string): ReturnType<typeof inline> {
  if (icon !== "random") return inline(icon);
  let sum = 7;
  for (const char of page) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 9_973;
  return emoji[sum % emoji.length] ?? "📈";
}
