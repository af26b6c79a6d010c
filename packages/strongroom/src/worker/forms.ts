import { isEmptyAnswer } from "../wire/empty-answer.ts";
import { limits } from "../wire/limits.ts";
import type { Json } from "../wire/schema.ts";
import type { Canvas } from "./canvas.ts";
import { badOption } from "./errors.ts";
import type { RunSession } from "./run.ts";
import type { TreeNode } from "./tree.ts";
import { fieldOf, messageOf, type Check, type Issue, type Judged } from "./validate.ts";

/** A form that a run has shown. */
export interface Form {
  readonly id: string;
  /** Its widgets go back to their first answers once it was sent. */
  readonly clearing: boolean;
  /** Judges the answers of its widgets that have a key, as one object. */
  readonly check: ((values: unknown) => Judged) | undefined;
  readonly node: TreeNode;
  readonly parent: TreeNode;
  readonly fields: Field[];
  /** A submit button was shown: it has judged what stands above it. */
  isClosed: boolean;
  isSubmitted: boolean;
  /** What its check made of the answers that were sent. */
  output: unknown;
}

/** A widget of a form. */
export interface Field {
  readonly container: TreeNode;
  readonly id: string;
  readonly key: string | undefined;
  readonly kind: string;
  readonly initial: Json;
  readonly check: Check | undefined;
  /** The author's form of its answer. Default: as it is. */
  readonly read: ((answer: Json | undefined) => unknown) | undefined;
}

type Session = Pick<RunSession, "widgets" | "memory">;
const nothing: Judged = { ok: true, value: undefined };

/** The forms of one run. */
export class Forms {
  readonly #canvas: Canvas;
  readonly #forms = new Map<string, Form>();
  /** The container that was asked for last: widgets come one after another in the same. */
  #container: TreeNode | undefined;
  #form: Form | undefined;

  constructor(canvas: Canvas) {
    this.#canvas = canvas;
  }

  /** A form has been shown. */
  begin(node: TreeNode, parent: TreeNode, check: Form["check"]): Form {
    const clearing = node.props["clearOnSubmit"] === true;
    const about = { id: node.id, clearing, check, node, parent };
    const form = { ...about, fields: [], isClosed: false, isSubmitted: false, output: undefined };
    this.#forms.set(node.id, form);
    return form;
  }

  /** The form that a container stands in, if any. */
  round(container: TreeNode): Form | undefined {
    if (this.#forms.size === 0) return undefined;
    if (this.#container === container) return this.#form;
    this.#container = container;
    this.#form = undefined;
    for (
      let node: TreeNode | undefined = container;
      node !== undefined;
      node = this.#canvas.container(node.parent)
    ) {
      this.#form = this.#forms.get(node.id);
      if (this.#form !== undefined) break;
    }
    return this.#form;
  }

  join(form: Form, field: Field): void {
    const isJudged = field.check !== undefined || (form.check !== undefined && field.key !== undefined);
    if (form.isClosed && isJudged) {
      throw badOption(
        field.kind,
        "place",
        "above the form's submit button, which answers true only when everything fits",
      );
    }
    form.fields.push(field);
  }

  /**
   * A submit button is shown: false where it was pressed and something does not fit. What is wrong with the whole is
   * shown from the first try on until the form is sent.
   */
  close(form: Form, { widgets, memory }: Session, isPressed: boolean): boolean {
    form.isClosed = true;
    if (!fieldsFit(form, widgets)) return !isPressed;
    if (!memory.touched.has(form.id)) return true;
    const judged = judge(form, widgets);
    if (judged.ok) {
      if (!isPressed) return true;
      form.output = judged.value;
      memory.touched.delete(form.id);
      return true;
    }
    this.#tell(form, judged.issues);
    return !isPressed;
  }

  /** Puts what is wrong beside the fields that it lies in, and the rest above all of them. */
  #tell({ fields, node, parent }: Form, issues: readonly Issue[]): void {
    const whole: string[] = [];
    const told = new Set<string>();
    for (const issue of issues.slice(0, 100)) {
      const name = fieldOf(issue);
      const field = name === undefined ? undefined : fields.find(({ key }) => key === name);
      const message = messageOf([issue]);
      if (field === undefined)
        whole.push(name === undefined ? message : `${name}: ${message}`.slice(0, limits.labelChars));
      else if (!told.has(field.id)) this.#change(field.container, field.id, { invalid: message });
      if (field !== undefined) told.add(field.id);
    }
    if (whole.length > 0) this.#change(parent, node.id, { invalid: [...new Set(whole)].slice(0, 10) });
  }

  #change(container: TreeNode, id: string, props: TreeNode["props"]): void {
    const node = container.children?.find((child) => child.id === id);
    if (node !== undefined)
      this.#canvas.replace(container, node, { ...node, props: { ...node.props, ...props } });
  }

  /** A callback for when the form is sent: called only when everything in it fits. */
  whenFits(form: Form, { widgets }: Session, act: (() => unknown) | undefined): (() => unknown) | undefined {
    if (
      act === undefined ||
      (form.check === undefined && form.fields.every(({ check }) => check === undefined))
    )
      return act;
    return () => (fieldsFit(form, widgets) && judge(form, widgets).ok ? act() : undefined);
  }

  submit(form: Form): void {
    form.isSubmitted = true;
  }

  /** Puts the widgets of submitted forms that clear themselves back to their first answers. */
  clear({ widgets, memory }: Session): void {
    for (const form of this.#forms.values()) {
      if (!form.clearing || !form.isSubmitted) continue;
      for (const { container, id, initial } of form.fields) {
        widgets.set(id, initial);
        memory.touched.delete(id);
        const node = container.children?.find((child) => child.id === id);
        if (node !== undefined) this.#canvas.replace(container, node, { ...node, value: initial });
      }
    }
  }
}

/** Whether every field takes its answer; what is empty is a matter of `required`. */
function fieldsFit({ fields }: Form, widgets: ReadonlyMap<string, Json>): boolean {
  return fields.every(({ id, check }) => {
    const answer = widgets.get(id) ?? null;
    return check === undefined || isEmptyAnswer(answer) || check(answer).ok;
  });
}

function judge({ check, fields }: Form, widgets: ReadonlyMap<string, Json>): Judged {
  if (check === undefined) return nothing;
  const values = fields.flatMap(({ id, key, read }) => {
    const answer = widgets.get(id) ?? null;
    return key === undefined ? [] : [[key, read === undefined ? answer : read(answer)] as const];
  });
  return check(Object.fromEntries(values));
}
