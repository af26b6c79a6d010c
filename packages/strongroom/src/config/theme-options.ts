/** The look: colours for both schemes or for one, corners, and fonts from files of the app. */
import { word } from "./kinds.ts";
import { color, colors, fontFaces, fontFamily, px } from "./kinds-of-look.ts";
import { unset, option } from "./option.ts";

/** Colours, in the sections `theme` (both schemes), `theme.light` and `theme.dark`. */
const colorOptions = {
  primaryColor: unset(color, "What can be pressed and what is chosen."),
  backgroundColor: unset(color, "The page."),
  secondaryBackgroundColor: unset(color, "The side of the page and other sunken grounds."),
  textColor: unset(color, "Text. Its quieter shades follow."),
  linkColor: unset(color, "Links. Default: made of primaryColor."),
  borderColor: unset(color, "Lines, and the edges of what can be filled in."),
  redColor: unset(color, "What `:red[…]` is written in; so are the other six."),
  orangeColor: unset(color, "`:orange[…]`."),
  yellowColor: unset(color, "`:yellow[…]`."),
  greenColor: unset(color, "`:green[…]`."),
  blueColor: unset(color, "`:blue[…]`."),
  violetColor: unset(color, "`:violet[…]`."),
  grayColor: unset(color, "`:gray[…]`."),
  chartCategoricalColors: unset(colors(1, 5), "Series of charts, in their order."),
};

export const themeOptions = {
  theme: {
    base: option(
      word("auto", "light", "dark"),
      "auto",
      "The scheme until a viewer chooses one. Auto: that of their system.",
    ),
    ...colorOptions,
    baseRadius: unset(px(0, 40), "The corners of fields and buttons; those of cards follow. Default: 9px."),
    font: unset(fontFamily, "The family of all text: one of fontFaces, or sans-serif, serif, monospace."),
    headingFont: unset(fontFamily, "The family of headings. Default: font."),
    codeFont: unset(fontFamily, "The family of code."),
    fontFaces: option(
      fontFaces,
      [],
      'Fonts of the app\'s own, served from its folder: [{ family = "Inter", file = "fonts/inter.woff2" }], with weight and style where the file holds one of several.',
    ),
  },
  "theme.light": colorOptions,
  "theme.dark": colorOptions,
} as const;
