import { optionNames } from "../../worker/option-names.ts";
import { badOption, StrongroomError } from "../../worker/errors.ts";
import { place } from "../../worker/run.ts";
import { enclosingForm } from "../../worker/ask.ts";
import { show } from "../../worker/show.ts";
import { judgeBySchema, type OutputOf, type Validator } from "../../worker/validate.ts";
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

export interface CheckedFormOptions<S extends Validator> extends FormOptions {
  /**
   * A schema (zod, valibot, arktype) of the answers of all widgets in it that have a `key`, as one object of these keys.
   * What is wrong stands beside the field that it lies in, or above them all. The submit button comes last.
   */
  readonly validate: S;
}

/** What may be given, checked or not. */
type GivenOptions = FormOptions & { readonly validate?: unknown };

const known = optionNames<GivenOptions>()({
  clearOnSubmit: true,
  enterToSubmit: true,
  border: true,
  width: true,
  height: true,
  validate: true,
});

/** What a form with `validate` answers: the values, in the run that they were sent in. */
type Sent<T, S> = T extends Promise<unknown> ? Promise<OutputOf<S> | undefined> : OutputOf<S> | undefined;

/**
 * Shows a form and answers what its schema makes of the answers, in the one run that they were sent in, and `undefined` in
 * all others. What does not fit is not sent: viewers read why beside the fields, and keep what they entered.
 */
export function form<T, S extends Validator>(
  key: string,
  body: (form: Container) => T,
  options: CheckedFormOptions<S>,
): Sent<T, S>;
/**
 * Shows a form: what viewers enter in it stays in their page until they press its submit button, then all of it arrives
 * in one run. Answers what the callback answers, so that the values come back as one object.
 */
export function form<T>(key: string, body: (form: Container) => T, options?: FormOptions): T;
/** Shows a form to be filled by its methods. */
export function form(key: string, options?: FormOptions): Container;
export function form(
  key: string,
  second?: FormOptions | ((form: Container) => unknown),
  third?: GivenOptions,
): unknown {
  const usage = 'st.form("order", (form) => { … }, { border: false })';
  if (typeof key !== "string" || key === "" || key.length > 300)
    throw wrongCall(usage, "the form's name comes first, of 1 to 300 characters");
  const { body, options } = bodyAndOptions<(form: Container) => unknown, GivenOptions>(
    { usage, known },
    second,
    third,
  );
  const { run, container } = place();
  if (enclosingForm(run, container) !== undefined) {
    throw new StrongroomError(
      "ERR_NESTED_FORM",
      "st.form: a form cannot stand in another one; put it after the first.",
    );
  }
  const validate = "validate" in options ? options.validate : undefined;
  if (validate !== undefined && body === undefined)
    throw badOption(
      "form",
      "validate",
      "left out, or the form filled by a callback, which comes before the options",
    );
  const check = validate === undefined ? undefined : judgeBySchema("form", validate);
  const id = run.widgetId("form", key, key);
  const round = run.forms.begin(show(formSpec, formProps(options), id), container, check);
  run.asked.push(id);
  const shown = containerOf(run, round.node);
  if (body === undefined) return shown;
  const result = shown.with(() => body(shown));
  if (check === undefined) return result;
  return result instanceof Promise ? result.then(() => round.output) : round.output;
}

function formProps(options: FormOptions): NonNullable<(typeof formSpec.props)["type"]> {
  const { clearOnSubmit = false, enterToSubmit = true, border = true } = options;
  const { width = "stretch", height = "content" } = options;
  return {
    clearOnSubmit,
    enterToSubmit,
    border,
    ...(width === "stretch" ? {} : { width: px("width", width) }),
    ...(height === "content" ? {} : { height: px("height", height) }),
  };
}

function px<T>(option: string, size: T): T {
  if (typeof size === "number" && !(size >= 16 && size <= 10_000))
    throw badOption("form", option, "px from 16 to 10,000");
  return size;
}

form.specs = [formSpec] as const;
