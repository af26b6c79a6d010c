/** Finds out what words are in a language: loaded when there is code on the page. */
import { createLowlight } from "lowlight";
import bash from "highlight.js/lib/languages/bash";
import css from "highlight.js/lib/languages/css";
import diff from "highlight.js/lib/languages/diff";
import javascript from "highlight.js/lib/languages/javascript";
import json from "highlight.js/lib/languages/json";
import markdown from "highlight.js/lib/languages/markdown";
import python from "highlight.js/lib/languages/python";
import sql from "highlight.js/lib/languages/sql";
import typescript from "highlight.js/lib/languages/typescript";
import xml from "highlight.js/lib/languages/xml";
import yaml from "highlight.js/lib/languages/yaml";
import type { Piece } from "./highlight.ts";

const lowlight = createLowlight({
  bash,
  css,
  diff,
  javascript,
  json,
  markdown,
  python,
  sql,
  typescript,
  xml,
  yaml,
});

/** The parts of a text, or nothing where the language is not known. */
export async function colour(text: string, language: string): Promise<readonly Piece[] | undefined> {
  const name = language.toLowerCase();
  if (!lowlight.registered(name)) lowlight.register((await import("./more-languages.ts")).moreLanguages);
  if (!lowlight.registered(name)) return undefined;
  const pieces: Piece[] = [];
  for (const node of lowlight.highlight(name, text).children) flatten(node as Hast, "", pieces);
  return pieces;
}

/** What lowlight's trees are made of. */
interface Hast {
  readonly type: string;
  readonly value?: string;
  readonly properties?: { readonly className?: unknown };
  readonly children?: readonly Hast[];
}

function flatten(node: Hast, kind: string, pieces: Piece[]): void {
  if (node.value !== undefined) {
    pieces.push({ text: node.value, kind });
    return;
  }
  const inner = kindOf(node.properties?.className) ?? kind;
  for (const child of node.children ?? []) flatten(child, inner, pieces);
}

/** Many scopes of highlight.js, a few colours. */
const kinds: Readonly<Record<string, string>> = {
  keyword: "keyword",
  operator: "",
  built_in: "type",
  type: "type",
  class: "type",
  literal: "literal",
  number: "number",
  string: "string",
  regexp: "string",
  "char.escape": "literal",
  subst: "",
  symbol: "symbol",
  bullet: "symbol",
  link: "string",
  code: "string",
  variable: "",
  "template-variable": "literal",
  title: "title",
  function: "title",
  section: "section",
  name: "tag",
  tag: "",
  "selector-tag": "tag",
  "selector-class": "title",
  "selector-id": "title",
  "selector-attr": "attr",
  "selector-pseudo": "attr",
  attr: "attr",
  attribute: "attr",
  property: "attr",
  params: "",
  comment: "comment",
  quote: "comment",
  doctag: "comment",
  meta: "meta",
  addition: "addition",
  deletion: "deletion",
  emphasis: "emphasis",
  strong: "strong",
};

function kindOf(classNames: unknown): string | undefined {
  const [first] = Array.isArray(classNames) ? (classNames as readonly unknown[]) : [];
  return typeof first === "string" ? kinds[first.replace(/^hljs-/, "")] : undefined;
}
