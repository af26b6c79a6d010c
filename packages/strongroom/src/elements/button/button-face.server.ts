import type { RichText } from "../../wire/rich-text.ts";
import { badOption } from "../../worker/errors.ts";
import { inline } from "../../worker/markdown.ts";
import { iconProps } from "../icon.server.ts";
import { wrapName } from "../common-names.server.ts";
import { optionNames, type OptionNames } from "../../worker/option-names.ts";
import type { WrapOption } from "../label.server.ts";
import { shortcutPattern } from "./button-face.schema.ts";

/** Options of everything that looks like a button. */
export interface ButtonFaceOptions extends WrapOption {
  /** A tooltip, in Markdown. */
  readonly help?: string;
  /** `"primary"` is what the page is for, `"tertiary"` is text alone. Default `"secondary"`. */
  readonly type?: "primary" | "secondary" | "tertiary";
  /** One emoji, `:material/name:`, or `"spinner"`, which turns. */
  readonly icon?: string;
  /** Default `"left"`. */
  readonly iconPosition?: "left" | "right";
  /** Shows the button without letting viewers press it. Default `false`. */
  readonly disabled?: boolean;
  /** `"stretch"` fills the container; a number is px. Default: as wide as its label. */
  readonly width?: "content" | "stretch" | number;
  /** A key that presses the button, with modifiers: `"ctrl+k"`, which is the command key on a Mac. */
  readonly shortcut?: string;
}

export const buttonFaceNames: OptionNames<ButtonFaceOptions> = optionNames<ButtonFaceOptions>()({
  ...wrapName,
  help: true,
  type: true,
  icon: true,
  iconPosition: true,
  disabled: true,
  width: true,
  shortcut: true,
});

export interface ButtonFaceProps {
  readonly label: RichText;
  readonly type?: "primary" | "tertiary";
  readonly help?: RichText;
  readonly disabled?: boolean;
  readonly icon?: RichText;
  readonly iconPosition?: "right";
  readonly width?: "stretch" | number;
  readonly shortcut?: string;
  readonly wrap?: boolean;
}

/** The props of everything that looks like a button, from what the author gave. */
export function buttonFace(element: string, label: string, options: ButtonFaceOptions): ButtonFaceProps {
  const { type = "secondary", help, disabled, iconPosition, width = "content", wrap } = options;
  if (typeof label !== "string" || label.length > 1_000)
    throw badOption(element, "label", "text of at most 1,000 characters");
  if (typeof width === "number" && !(width >= 16 && width <= 4_000)) {
    throw badOption(element, "width", `"content", "stretch", or px from 16 to 4,000`);
  }
  const shortcut = options.shortcut === undefined ? undefined : writtenInOrder(element, options.shortcut);
  return {
    label: inline(label),
    ...(type === "secondary" ? {} : { type }),
    ...(help === undefined ? {} : { help: inline(help) }),
    ...(disabled === true ? { disabled } : {}),
    ...iconProps(element, options),
    ...(iconPosition === "right" ? { iconPosition } : {}),
    ...(width === "content" ? {} : { width }),
    ...(shortcut === undefined ? {} : { shortcut }),
    ...(wrap === undefined ? {} : { wrap }),
  };
}

const modifiers = ["ctrl", "alt", "shift"];
const otherNames: Readonly<Record<string, string>> = {
  cmd: "ctrl",
  command: "ctrl",
  meta: "ctrl",
  mod: "ctrl",
  option: "alt",
  esc: "escape",
};

/** One way to write a shortcut: modifiers first, in one order. */
function writtenInOrder(element: string, shortcut: string): string {
  const keys = shortcut
    .toLowerCase()
    .split("+")
    .map((key) => otherNames[key.trim()] ?? key.trim());
  const held = modifiers.filter((modifier) => keys.includes(modifier));
  const written = [...held, ...keys.filter((key) => !modifiers.includes(key))].join("+");
  if (!shortcutPattern.test(written)) {
    throw badOption(
      element,
      "shortcut",
      `a key with modifiers like "ctrl+k", "shift+enter" or "f2", and neither ctrl+c nor ctrl+r`,
    );
  }
  return written;
}
