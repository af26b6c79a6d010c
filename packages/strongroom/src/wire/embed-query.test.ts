import { expect, test } from "vitest";
import { embedSchema, isEmbedName, splitQuery } from "./embed-query.ts";
import { decode } from "./schema.ts";

test.each([
  ["", "", undefined],
  ["region=EU&x=%20a", "region=EU&x=%20a", undefined],
  ["embed=true", "", { query: "embed=true", hides: ["toolbar", "padding"] }],
  ["a=1&EMBED=True&b=2", "a=1&b=2", { query: "embed=true", hides: ["toolbar", "padding"] }],
  ["%65mbed=true&%=%&&x", "%=%&&x", { query: "embed=true", hides: ["toolbar", "padding"] }],
  ["embed=1&a=1", "a=1", undefined],
  [
    "embed=true&embed_options=show_toolbar&embed_options=Show_Padding",
    "",
    { query: "embed=true&embed_options=show_toolbar&embed_options=show_padding", hides: [] },
  ],
  [
    "embed=true&embed_options=disable_scrolling&embed_options=hide_loading_screen&embed_options=junk<",
    "",
    {
      query: "embed=true&embed_options=disable_scrolling&embed_options=hide_loading_screen",
      hides: ["toolbar", "padding", "scrolling", "loading"],
    },
  ],
  // A theme is the address's to choose in a tab of its own, too; nothing is hidden there.
  [
    "embed_options=dark_theme&embed_options=disable_scrolling",
    "",
    { query: "embed_options=disable_scrolling&embed_options=dark_theme", hides: [], theme: "dark" },
  ],
])("%s is parted into what is the author's and what is the frame's", (given, query, embed) => {
  expect(splitQuery(given)).toEqual({ query, embed });
  if (embed !== undefined) expect(decode(embedSchema, splitQuery(given).embed).ok).toBe(true);
});

test("what all options together ask for fits its schema, and says the same again", () => {
  const all = ["show_toolbar", "show_padding", "disable_scrolling", "light_theme", "dark_theme"];
  const asked = `embed=true&${[...all, "hide_loading_screen"].map((name) => `embed_options=${name}`).join("&")}`;
  const { embed } = splitQuery(asked);
  expect(decode(embedSchema, embed)).toMatchObject({ ok: true });
  expect(splitQuery(embed?.query ?? "")).toEqual({ query: "", embed });
});

test("its names are nobody else's, in any case", () => {
  expect(["embed", "Embed_Options", "EMBED"].every(isEmbedName)).toBe(true);
  expect(["embedded", "embed_option", "xembed", ""].some(isEmbedName)).toBe(false);
});
