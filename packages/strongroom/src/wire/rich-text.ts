/** Markdown as plain data: parsed in the worker, drawn by the browser as elements, never as HTML. */
import { s } from "./s.ts";
import type { Json, Schema } from "./schema.ts";

/** A run of text: plain, or marked up. */
export type Inline =
  | string
  | { readonly t: "strong" | "em" | "del" | "small"; readonly c: readonly Inline[] }
  | { readonly t: "code"; readonly text: string }
  | { readonly t: "link"; readonly href: string; readonly c: readonly Inline[] }
  | { readonly t: "color" | "background" | "badge"; readonly color: string; readonly c: readonly Inline[] }
  | { readonly t: "paint"; readonly ink: string; readonly ground: string; readonly c: readonly Inline[] }
  | { readonly t: "icon"; readonly name: string; readonly path: string }
  | Formula
  | { readonly t: "br" };

/** A formula: its TeX, and the tree of its MathML as JSON of a `MathPart`; empty where it could not be read. */
export interface Formula {
  readonly t: "math";
  readonly tex: string;
  readonly tree: string;
}

/** An element of MathML: its name, its attributes, what it holds. */
export type MathPart =
  | string
  | readonly [name: string, attributes: Readonly<Record<string, string>>, ...inside: MathPart[]];

/** One line of inline Markdown: a plain string where nothing is marked up. */
export type RichText = string | readonly Inline[];

/** Block-level Markdown. */
export type Block =
  | { readonly t: "p"; readonly c: readonly Inline[] }
  | { readonly t: "h"; readonly level: number; readonly id: string; readonly c: readonly Inline[] }
  | { readonly t: "code"; readonly language: string; readonly text: string }
  | Formula
  | { readonly t: "quote"; readonly c: readonly Block[] }
  | {
      readonly t: "list";
      readonly ordered: boolean;
      readonly start: number;
      readonly items: readonly ListItem[];
    }
  | {
      readonly t: "table";
      readonly align: readonly string[];
      readonly head: readonly RichText[];
      readonly rows: readonly (readonly RichText[])[];
    }
  | { readonly t: "hr" };

export interface ListItem {
  /** `null` where the item is not a task. */
  readonly checked: boolean | null;
  readonly c: readonly Block[];
}

// The shape is closed by the types and by the drawing, which knows no other kinds: here only size and depth are capped.
const data = s.json({ maxDepth: 40, maxNodes: 200_000 });

export const richText: Schema<RichText> = data as Schema<Json> as Schema<RichText>;
export const blocks: Schema<readonly Block[]> = data as Schema<Json> as Schema<readonly Block[]>;
