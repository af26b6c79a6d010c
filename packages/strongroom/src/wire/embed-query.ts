/** What the address of a framed page says of its look: for what stands round the page, never for the author. */
import { s } from "./s.ts";
import type { Infer } from "./schema.ts";

/** What a framed page goes without. */
const parts = ["toolbar", "padding", "scrolling", "loading"] as const;
export type EmbedPart = (typeof parts)[number];

export const embedSchema = s.object({
  /** Stands in the address of every page that is gone to from here. */
  query: s.string({ minLength: 1, maxLength: 200, pattern: /^[a-z0-9_=&]+$/ }),
  hides: s.array(s.oneOf(parts), { max: parts.length }),
  theme: s.optional(s.literal("light", "dark")),
});
export type Embed = Infer<typeof embedSchema>;

/** The options that do something here; Streamlit has others, for what our pages do not have. */
const options = [
  "show_toolbar",
  "show_padding",
  "disable_scrolling",
  "light_theme",
  "dark_theme",
  "hide_loading_screen",
] as const;

/** True for the names that no author's code sees or sets. */
export function isEmbedName(name: string): boolean {
  return /^embed(?:_options)?$/i.test(name);
}

interface SplitQuery {
  /** What the author's code sees. */
  readonly query: string;
  readonly embed: Embed | undefined;
}

/** Parts the query of an address into what is the author's, as it stands, and what is the frame's. */
export function splitQuery(query: string): SplitQuery {
  const pairs = query.split("&");
  const own = pairs.filter((pair) => !isEmbedName(nameOf(pair)));
  if (own.length === pairs.length) return { query, embed: undefined };
  const said = (wanted: string): ReadonlySet<string> =>
    new Set(pairs.filter((pair) => nameOf(pair).toLowerCase() === wanted).map(valueOf));
  return { query: own.join("&"), embed: embedOf(said("embed").has("true"), said("embed_options")) };
}

function nameOf(pair: string): string {
  return plain(pair.split("=", 1)[0] ?? "");
}

function valueOf(pair: string): string {
  return plain(pair.slice(pair.indexOf("=") + 1)).toLowerCase();
}

function plain(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // no name or option of ours is written so
  }
}

function embedOf(isOn: boolean, said: ReadonlySet<string>): Embed | undefined {
  const known = options.filter((option) => said.has(option));
  if (!isOn && known.length === 0) return undefined;
  const is = (option: (typeof options)[number]): boolean => known.includes(option);
  const hidden = {
    toolbar: isOn && !is("show_toolbar"),
    padding: isOn && !is("show_padding"),
    scrolling: isOn && is("disable_scrolling"),
    loading: isOn && is("hide_loading_screen"),
  };
  const theme = is("light_theme") ? "light" : is("dark_theme") ? "dark" : undefined;
  return {
    query: [...(isOn ? ["embed=true"] : []), ...known.map((option) => `embed_options=${option}`)].join("&"),
    hides: parts.filter((part) => hidden[part]),
    ...(theme && { theme }),
  };
}
