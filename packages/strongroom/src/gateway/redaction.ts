/** Hides secrets in what a worker sends to a browser. */
import { createHmac, randomBytes } from "node:crypto";
import type { Mask } from "../secrets/mask.ts";
import type { PatchOp } from "../wire/messages.ts";
import type { Json } from "../wire/schema.ts";
import { hasCutUpSecret, mayBeCutUp, withoutCutUpSecret } from "./cut-up-text.ts";
import type { WorkerMessage } from "./supervise/pool-types.ts";

/** A page names so many elements after secrets by accident only. */
const maxIds = 10_000;

/**
 * Messages without secrets. An element whose label or key holds one is named anew, always the same way, so that patches
 * fit the tree they were made for; what a browser says of it is named back.
 */
export class Redaction {
  readonly mask: Mask;
  readonly #key = randomBytes(32);
  readonly #shown = new Map<string, string>();
  readonly #meant = new Map<string, string>();

  constructor(mask: Mask) {
    this.mask = mask;
  }

  /** What is to be sent in place of a message and its text; nothing where they hold no secret. */
  outgoing(message: WorkerMessage, text: string): { message: WorkerMessage; text: string } | undefined {
    if (!this.mask.finds(text) && !this.#isCutUp(message, text)) return undefined;
    const masked = this.#message(message);
    return { message: masked, text: JSON.stringify(masked) };
  }

  #isCutUp(message: WorkerMessage, text: string): boolean {
    if (this.mask.isEmpty || !mayBeCutUp(text)) return false;
    if (message.t === "tree") return message.nodes.some(([, , , props]) => hasCutUpSecret(props, this.mask));
    return message.t === "patch" && message.ops.some((op) => hasCutUpSecret([...op], this.mask));
  }

  /** A browser's event with the ids that the worker knows. */
  incoming(text: string): string {
    if (this.#meant.size === 0) return text;
    return text.replaceAll(
      /"[^"\\]*~[0-9a-f]{16}"/g,
      (quoted) => JSON.stringify(this.#meant.get(quoted.slice(1, -1))) ?? quoted,
    );
  }

  #message(message: WorkerMessage): WorkerMessage {
    switch (message.t) {
      case "tree": {
        const nodes = message.nodes.map(
          ([id, parent, kind, props, value]): (typeof message.nodes)[number] => [
            this.#id(id),
            this.#id(parent),
            kind,
            this.#value(props),
            this.#value(value),
          ],
        );
        return { ...message, ...this.#head(message), nodes };
      }
      case "patch":
        return { ...message, ...this.#head(message), ops: message.ops.map((op) => this.#op(op)) };
      case "refused":
        return message.at === undefined ? message : { ...message, at: this.#id(message.at) };
      case "notice":
        return message.detail === undefined
          ? message
          : { ...message, detail: this.mask.text(message.detail) };
      case "auth":
        return message;
    }
  }

  #head({ query, fresh }: { readonly query?: string; readonly fresh?: Readonly<Record<string, number>> }): {
    query?: string;
    fresh?: Record<string, number>;
  } {
    return {
      ...(query === undefined ? {} : { query: this.mask.text(query) }),
      ...(fresh === undefined
        ? {}
        : { fresh: Object.fromEntries(Object.entries(fresh).map(([id, count]) => [this.#id(id), count])) }),
    };
  }

  #op(op: PatchOp): PatchOp {
    switch (op[0]) {
      case "=":
        return ["=", this.#id(op[1]), this.#value(op[2]), op[3].map((name) => this.mask.text(name))];
      case "v":
        return ["v", this.#id(op[1]), this.#value(op[2])];
      case "<":
        return ["<", this.#id(op[1]), op[2], op[3], op[4].map((id) => this.#id(id))];
      case "+":
        return ["+", this.#id(op[1]), this.#id(op[2]), op[3], this.#value(op[4]), this.#value(op[5])];
      case "-":
        return ["-", this.#id(op[1])];
    }
  }

  /** Props may name other elements. */
  #value(value: Json): Json {
    if (typeof value === "string") return this.#shown.get(value) ?? this.mask.text(value);
    if (typeof value !== "object" || value === null) return this.mask.value(value);
    if (Array.isArray(value)) {
      if (value.every((item) => typeof item === "number")) return this.mask.value(value);
      return withoutCutUpSecret(
        value.map((item) => this.#value(item)),
        this.mask,
      );
    }
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [this.mask.text(name), this.#prop(item)]),
    );
  }

  /** A list of numbers by itself is drawn, and has a gap where one is hidden; cells of a table can be text. */
  #prop(value: Json): Json {
    const masked = this.#value(value);
    const isDrawn = Array.isArray(value) && value.every((item) => item === null || typeof item === "number");
    return isDrawn && Array.isArray(masked)
      ? masked.map((item: Json) => (typeof item === "number" ? item : null))
      : masked;
  }

  #id(id: string): string {
    const known = this.#shown.get(id);
    if (known !== undefined) return known;
    const masked = this.mask.text(id);
    if (masked === id) return id;
    // Two ids may look alike without what is hidden; a quote in one would not stand in an event as it is here.
    const tag = createHmac("sha256", this.#key).update(id).digest("hex").slice(0, 16);
    const shown = `${masked.replaceAll(/["\\]/g, "").slice(0, 300)}~${tag}`;
    if (this.#shown.size < maxIds) {
      this.#shown.set(id, shown);
      this.#meant.set(shown, id);
    }
    return shown;
  }
}
