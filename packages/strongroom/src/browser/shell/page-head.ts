import { limits } from "../../wire/limits.ts";
import { richText } from "../../wire/rich-text.ts";
import { s } from "../../wire/s.ts";
import { decode, type Infer } from "../../wire/schema.ts";
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
  sidebar: s.optional(s.literal("auto", "expanded", "collapsed")),
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

/** The name of the app, above its menu. */
export function appNameOf({ title, pages }: PageHead): string {
  return title ?? pages.find(({ path }) => path === "")?.title ?? "";
}

/** Where a page stands in the URL. */
export function hrefOf(path: string, query = ""): string {
  return `/${path}${query === "" ? "" : `?${query}`}`;
}
