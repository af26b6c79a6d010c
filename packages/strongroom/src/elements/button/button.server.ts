import { inline } from "../../worker/markdown.ts";
import { badOption } from "../../worker/errors.ts";
import { currentRun, place } from "../../worker/run.ts";
import { askTrigger, enclosingForm } from "../../worker/show.ts";
import { buttonSpec } from "./button.schema.ts";

export interface ButtonOptions {
  /** Identity across changes of the label. */
  readonly key?: string;
  /** A tooltip, in Markdown. */
  readonly help?: string;
  /** Called before the rerun that the click causes. */
  readonly onClick?: () => unknown;
  /** Default `"secondary"`. */
  readonly type?: "primary" | "secondary" | "tertiary";
  /** One emoji, or `:material/name:`. */
  readonly icon?: string;
  readonly iconPosition?: "left" | "right";
  readonly disabled?: boolean;
  /** `"stretch"` fills the container; a number is px. Default: as wide as its label. */
  readonly width?: "content" | "stretch" | number;
  /** A key that presses the button, with modifiers: `"ctrl+k"`. */
  readonly shortcut?: string;
}

/** Shows a button and answers `true` in the one run that its click causes. */
export function button(label: string, options: ButtonOptions = {}): boolean {
  const { container } = place();
  if (enclosingForm(currentRun(), container) !== undefined) {
    throw badOption("button", "place", "outside of a form; inside one use st.formSubmitButton");
  }
  const { type = "secondary", help, disabled, icon, iconPosition, width = "content", shortcut } = options;
  const props = {
    label: inline(label),
    type,
    ...(help === undefined ? {} : { help: inline(help) }),
    ...(disabled === true ? { disabled } : {}),
    ...(icon === undefined ? {} : { icon: inline(icon) }),
    ...(iconPosition === "right" ? { iconPosition } : {}),
    ...(width === "content" ? {} : { width }),
    ...(shortcut === undefined ? {} : { shortcut: shortcut.toLowerCase() }),
  };
  return askTrigger(buttonSpec, { label, options: { ...options, onChange: "rerun" }, props, onClick: options.onClick }) === true;
}

button.specs = [buttonSpec] as const;
