import { limits } from "../../wire/limits.ts";
import { blocks, richText, type RichText } from "../../wire/rich-text.ts";
import { s } from "../../wire/s.ts";
import { decode, type Infer } from "../../wire/schema.ts";
import { htmlAttribute, htmlText } from "../html.ts";
import { usePage } from "../page-context.ts";
import { useSignal } from "../signal.ts";

const link = s.object({
  path: s.string({ maxLength: limits.pathChars }),
  title: s.string({ maxLength: 300 }),
  icon: s.string({ maxLength: 100 }),
});

const headSchema = s.object({
  title: s.optional(s.string({ maxLength: 300 })),
  icon: s.optional(richText),
  layout: s.optional(s.literal("centered", "wide")),
  /** How the side bar stands at first, or its width in px. */
  sidebar: s.optional(
    s.union(s.literal("auto", "expanded", "collapsed", "locked"), s.number({ min: 200, max: 600 })),
  ),
  /** The page's menu: where help is, where mistakes are told of, what the app is; empty where an item was taken away. */
  help: s.optional(s.string({ maxLength: 2_000 })),
  bug: s.optional(s.string({ maxLength: 2_000 })),
  about: s.optional(blocks),
  pages: s.array(link, { max: 1_000 }),
  page: s.string({ maxLength: limits.pathChars }),
});

/** What a page says of itself, and the pages beside it. */
export type PageHead = Infer<typeof headSchema>;
export type PageLink = Infer<typeof link>;

const none: PageHead = { pages: [], page: "" };

export function usePageHead(): PageHead {
  const { store } = usePage();
  const { node } = useSignal(store.shown("page"));
  return headOf(node?.props);
}

export function headOf(props: unknown): PageHead {
  const decoded = decode(headSchema, props);
  return decoded.ok ? decoded.value : none;
}

/** What the browser's tab says. */
export function titleOf({ title, pages, page }: PageHead): string {
  const own = pages.find(({ path }) => path === page)?.title;
  if (title === undefined) return own ?? "Strongroom";
  return own === undefined || own === title || page === "" ? title : `${own} · ${title}`;
}

/** True where the author put something into the page's menu. */
export function hasMenu({ help = "", bug = "", about = [] }: PageHead): boolean {
  return help !== "" || bug !== "" || about.length > 0;
}

/** The author's sign as a picture for the browser's tab; nothing where there is none. */
export function iconUrl(icon: RichText | undefined): string | undefined {
  const sign = typeof icon === "string" ? icon : icon?.[0];
  if (sign === undefined || sign === "") return undefined;
  let drawn: string;
  if (typeof sign === "string")
    drawn = `<text x="12" y="19.5" font-size="21" text-anchor="middle">${htmlText(sign)}</text>`;
  else if (sign.t === "icon")
    drawn = `<path d="${htmlAttribute(sign.path)}" fill="none" stroke="#007374" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/>`;
  else return undefined;
  const picture = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">${drawn}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(picture)}`;
}

/** The name of the app, above its menu. */
export function appNameOf({ title, pages }: PageHead): string {
  return title ?? pages.find(({ path }) => path === "")?.title ?? "";
}

/** Where a page stands: beside all others, whatever path the app lives below. What the frame says of its look goes along. */
export function hrefOf(path: string, query = "", embed = ""): string {
  const whole = [query, embed].filter((part) => part !== "").join("&");
  return `./${path}${whole === "" ? "" : `?${whole}`}`;
}
