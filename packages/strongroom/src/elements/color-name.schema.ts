/** The theme's colours, by the names that Markdown knows. */
export const colorNames = ["red", "orange", "yellow", "green", "blue", "violet", "gray", "primary"] as const;
export type ColorName = (typeof colorNames)[number];

/** A colour of the theme, as authors write it. */
export type ThemeColor = ColorName | "grey";
