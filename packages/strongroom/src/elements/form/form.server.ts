import { badOption, StrongroomError } from "../../worker/errors.ts";
import { place } from "../../worker/run.ts";
import { enclosingForm, show } from "../../worker/show.ts";
import { containerOf, type Container } from "../container.ts";
import { bodyAndOptions, wrongCall } from "../check-options.server.ts";
import { formSpec } from "./form.schema.ts";

export interface FormOptions {
  /** Puts its widgets back to their first answers after it was sent; the run sees what was sent. Default `false`. */
  readonly clearOnSubmit?: boolean;
  /** Enter in a field presses the first submit button. Default `true`. */
  readonly enterToSubmit?: boolean;
  /** A card round it. Default `true`. */
  readonly border?: boolean;
  /** Default `"stretch"`; a number is px. */
  readonly width?: "stretch" | "content" | number;
  /** Default `"content"`; a number is px, and what is longer scrolls. */
  readonly height?: "stretch" | "content" | number;
}

/**
 * Shows a form: what viewers enter in it stays in their page until they press its submit button, then all of it arrives
 * in one run. Answers what the callback answers, so that the values come back as one object.
 */
export function form<T>(key: string, body: (form: Container) => T, options?: FormOptions): T;
/** Shows a form to be filled by its methods. */
export function form(key: string, options?: FormOptions): Container;
export function form<T>(
  key: string,
  second?: FormOptions | ((form: Container) => T),
  third?: FormOptions,
): Container | T {
  const usage = 'st.form("order", (form) => { … }, { border: false })';
  if (typeof key !== "string" || key === "" || key.length > 300)
    throw wrongCall(usage, "the form's name comes first, of 1 to 300 characters");
  const { body, options } = bodyAndOptions<(form: Container) => T, FormOptions>(usage, second, third);
  const {
    clearOnSubmit = false,
    enterToSubmit = true,
    border = true,
    width = "stretch",
    height = "content",
  } = options;
  const { run, container } = place();
  if (enclosingForm(run, container) !== undefined) {
    throw new StrongroomError(
      "ERR_NESTED_FORM",
      "st.form: a form cannot stand in another one; put it after the first.",
    );
  }
  const props = {
    clearOnSubmit,
    enterToSubmit,
    border,
    ...(width === "stretch" ? {} : { width: px("width", width) }),
    ...(height === "content" ? {} : { height: px("height", height) }),
  };
  const shown = containerOf(run, show(formSpec, props, run.widgetId("form", key, key)));
  return body === undefined ? shown : shown.with(() => body(shown));
}

function px<T>(option: string, size: T): T {
  if (typeof size === "number" && !(size >= 16 && size <= 10_000))
    throw badOption("form", option, "px from 16 to 10,000");
  return size;
}

form.specs = [formSpec] as const;
