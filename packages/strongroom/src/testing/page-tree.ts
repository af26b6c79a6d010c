import { applyOps, flatTree, type FlatTree } from "../wire/apply-patch.ts";
import { fromWorkerSchema } from "../wire/messages.ts";
import { decodeText, type Infer, type Json } from "../wire/schema.ts";

/** What a page was sent. */
export type Message = Infer<typeof fromWorkerSchema>;

/** One element of a page as plain data. */
export interface Element {
  readonly id: string;
  readonly kind: string;
  readonly props: { readonly [name: string]: Json };
  readonly value: Json;
  readonly children: readonly Element[];
}

const maxChars = 64_000_000;

/** The page as a browser would know it: every message decoded as the gateway does, and applied. */
export class ReceivedPage {
  readonly messages: Message[] = [];
  #flat: FlatTree = flatTree([]);
  treeNumber = 0;
  done = -1;
  query = "";
  page = "";

  receive(text: string): void {
    const decoded = decodeText(fromWorkerSchema, text, maxChars);
    if (!decoded.ok)
      throw new TypeError(
        `The page was sent what no browser takes: ${decoded.expected} was expected at ${decoded.at}.`,
      );
    const message = decoded.value;
    this.messages.push(message);
    if (message.t !== "tree" && message.t !== "patch") return;
    if (message.t === "tree") this.#flat = flatTree(message.nodes);
    else {
      if (message.tree !== this.treeNumber + (message.ops.length > 0 ? 1 : 0))
        throw new RangeError("A patch of the tree that was sent last was expected.");
      applyOps(this.#flat, message.ops);
    }
    this.treeNumber = message.tree;
    if (message.query !== undefined) this.query = message.query;
    if (message.page !== undefined) this.page = message.page;
    if (message.done !== undefined) this.done = message.done;
  }

  /** An answer that was taken: the worker's tree holds it, and patches say nothing of it. */
  setValue(id: string, value: Json): void {
    const node = this.#flat.nodes.get(id);
    if (node !== undefined) this.#flat.nodes.set(id, { ...node, value });
  }

  elements(parent = ""): readonly Element[] {
    return (this.#flat.order.get(parent) ?? []).flatMap((id) => this.element(id) ?? []);
  }

  element(id: string): Element | undefined {
    const node = this.#flat.nodes.get(id);
    if (node === undefined) return undefined;
    // Every spec's props are an object.
    return {
      id,
      kind: node.kind,
      props: node.props as Element["props"],
      value: node.value,
      children: this.elements(id),
    };
  }

  /** The innermost container of a kind round an element. */
  enclosing(id: string, kind: string): string | undefined {
    for (let node = this.#flat.nodes.get(id); node !== undefined; node = this.#flat.nodes.get(node.parent)) {
      if (node.kind === kind && node.id !== id) return node.id;
    }
    return undefined;
  }

  *all(parent = ""): Generator<Element> {
    for (const element of this.elements(parent)) {
      yield element;
      yield* this.all(element.id);
    }
  }
}
