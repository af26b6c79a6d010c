import type { Json } from "../wire/schema.ts";
import type { Canvas } from "./canvas.ts";
import type { TreeNode } from "./tree.ts";

/** A form that a run has shown. */
export interface Form {
  readonly id: string;
  /** Its widgets go back to their first answers once it was sent. */
  readonly clearing: boolean;
}

/** A widget of a form that clears itself. */
interface Member {
  readonly container: TreeNode;
  readonly id: string;
  readonly initial: Json;
}

/** The forms of one run. */
export class Forms {
  readonly #canvas: Canvas;
  #members: Map<string, Member[]> | undefined;
  #submitted: Set<string> | undefined;
  /** The container that was asked for last: widgets come one after another in the same. */
  #container: TreeNode | undefined;
  #form: Form | undefined;

  constructor(canvas: Canvas) {
    this.#canvas = canvas;
  }

  /** The form that a container stands in, if any. */
  round(container: TreeNode): Form | undefined {
    if (this.#container === container) return this.#form;
    this.#container = container;
    this.#form = undefined;
    for (
      let node: TreeNode | undefined = container;
      node !== undefined;
      node = this.#canvas.container(node.parent)
    ) {
      if (node.kind !== "form") continue;
      this.#form = { id: node.id, clearing: node.props["clearOnSubmit"] === true };
      break;
    }
    return this.#form;
  }

  join(form: Form, member: Member): void {
    if (!form.clearing) return;
    this.#members ??= new Map();
    const members = this.#members.get(form.id);
    if (members === undefined) this.#members.set(form.id, [member]);
    else members.push(member);
  }

  submit(form: Form): void {
    (this.#submitted ??= new Set()).add(form.id);
  }

  /** Puts the widgets of submitted forms that clear themselves back to their first answers. */
  clear(widgets: Map<string, Json>): void {
    for (const form of this.#submitted ?? []) {
      for (const { container, id, initial } of this.#members?.get(form) ?? []) {
        widgets.set(id, initial);
        const node = container.children?.find((child) => child.id === id);
        if (node !== undefined) this.#canvas.replace(container, node, { ...node, value: initial });
      }
    }
  }
}
