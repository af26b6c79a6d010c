/**
 * Inline Markdown: CommonMark and GFM without HTML and images, and Streamlit's directives (`:red[…]`, `:material/…:`).
 * One pass over the text and no regular expression that can go back over it: time grows with the text, whatever stands in it.
 */
import type { Inline } from "../wire/rich-text.ts";
import { emojiNamed } from "./emoji.ts";
import { iconNamed } from "./icons.ts";
import { tellOfMissingIcon } from "./missing-icon.ts";
import { formulaAt, type TexBudget } from "./markdown-formula.ts";
import { markRun, pairMarks, type MarkRun } from "./markdown-emphasis.ts";
import {
  angleAddressAt,
  bareAddressAt,
  destinationAt,
  entityAt,
  isEscapable,
  mailAround,
  referenceLabel,
} from "./markdown-links.ts";

/** How much more a document may hold; what comes after is plain text. */
export interface Budget extends TexBudget {
  left: number;
}

export interface InlineContext {
  readonly budget: Budget;
  /** Destinations by label. */
  readonly references: ReadonlyMap<string, string>;
}

/** Marks within marks: deeper ones are not drawn. */
const maxNesting = 5;

type Wrap =
  | { readonly t: "strong" | "em" | "del" | "small" }
  | { readonly t: "link"; readonly href: string }
  | { readonly t: "color" | "background" | "badge"; readonly color: string }
  /** Colours of the author's own; empty where there is none. */
  | { readonly t: "paint"; readonly ink: string; readonly ground: string };

interface Opener {
  readonly written: string;
  readonly directive: Wrap | undefined;
  /** How many runs of marks stood before it. */
  readonly runsBefore: number;
  /** Where its text begins. */
  readonly at: number;
  /** False once a link has closed behind it: links hold no links. */
  active: boolean;
  wrap: Wrap | undefined;
}

type Token =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "leaf"; readonly leaf: Inline; readonly instead: string }
  | { readonly kind: "run"; readonly run: MarkRun }
  | { readonly kind: "open"; readonly opener: Opener }
  | { readonly kind: "close" };

const symbols: Readonly<Record<string, string>> = {
  "<->": "↔",
  "<-": "←",
  "->": "→",
  "--": "—",
  ">=": "≥",
  "<=": "≤",
  "~=": "≈",
};
const special =
  /(?<!\S)(?:<->|<-|->|--|>=|<=|~=)(?!\S)|[\\`*_~[\]<\n$]|!(?=\[)|&(?=[#a-z])|:(?=[a-z0-9+-])|(?<=[\w.+-])@(?=\w)|(?<![\w:./@-])(?:https?:\/\/|www\.)/gi;
const directive =
  /:(?:(red|orange|yellow|green|blue|violet|gray|grey|rainbow|primary)(-background|-badge)?|small|shimmer|color)\[/y;
/** Behind `:color[…]`: the colours, each of them once. */
const paint =
  /\{[ ]*(?:foreground|background)="[^"{}\n]{1,40}"(?:[ ]+(?:foreground|background)="[^"{}\n]{1,40}")?[ ]*\}/y;
const material = /:material\/([a-z0-9_]{1,60}):/y;
const shortcode = /:([a-z0-9_+-]{1,60}):/iy;

/** Without one of these there is nothing special: the common case, and quick to see. */
const hint = /[\\`*_~[\]<\n&:@>$-]|[wW]\./;

/** True where text holds nothing that this parser would read. */
export function isPlain(text: string): boolean {
  if (!hint.test(text)) return true;
  special.lastIndex = 0;
  return !special.test(text);
}

/** Parses one run of inline Markdown. */
export function parseInline(text: string, context: InlineContext): Inline[] {
  return build(new Scanner(text, context).scan());
}

class Scanner {
  readonly #text: string;
  readonly #context: InlineContext;
  readonly #tokens: Token[] = [];
  readonly #runs: MarkRun[] = [];
  readonly #openers: Opener[] = [];
  #at = 0;
  /** Text that is no token yet: whole lines, and what stands in the line so far. They are kept apart so that no line is copied for each that follows. */
  #lines = "";
  #pending = "";
  #ticks: Map<number, number[]> | undefined;

  constructor(text: string, context: InlineContext) {
    this.#text = text;
    this.#context = context;
  }

  scan(): readonly Token[] {
    const text = this.#text;
    while (this.#at < text.length) {
      special.lastIndex = this.#at;
      const match = this.#context.budget.left > 0 ? special.exec(text) : null;
      if (match === null) {
        this.#literal(text.slice(this.#at));
        break;
      }
      if (match.index > this.#at) this.#literal(text.slice(this.#at, match.index));
      this.#take(match[0]);
    }
    this.#flush();
    pairMarks(this.#runs);
    return this.#tokens;
  }

  #take(found: string): void {
    if (found.length > 1) {
      const symbol = symbols[found];
      if (symbol === undefined) return this.#bareAddress();
      this.#pending += symbol;
      this.#at += found.length;
      return;
    }
    if (found === "*" || found === "_" || found === "~") return this.#marks(found);
    if (!this.#tries[found]?.()) this.#literal(found);
  }

  /** What a character may begin; each answers whether it did. */
  readonly #tries: Readonly<Record<string, () => boolean>> = {
    "\\": () => this.#escape(),
    "`": () => this.#code(),
    "\n": () => this.#lineEnd(),
    "[": () => this.#open("[", undefined),
    "]": () => this.#close(),
    "!": () => this.#open("![", undefined),
    "<": () => this.#angleAddress(),
    "&": () => this.#entity(),
    ":": () => this.#colon(),
    $: () => this.#formula(),
    "@": () => this.#mail(),
  };

  #literal(text: string): void {
    this.#pending += text;
    this.#at += text.length;
  }

  #flush(): void {
    const text = this.#lines + this.#pending;
    if (text !== "") this.#add({ kind: "text", text });
    this.#lines = "";
    this.#pending = "";
  }

  #add(token: Token): void {
    this.#tokens.push(token);
    this.#context.budget.left--;
  }

  #leaf(leaf: Inline, end: number, instead = ""): true {
    this.#flush();
    this.#add({ kind: "leaf", leaf, instead });
    this.#at = end;
    return true;
  }

  #escape(): boolean {
    const next = this.#text.charCodeAt(this.#at + 1);
    if (next === 10) return this.#leaf({ t: "br" }, this.#afterSpaces(this.#at + 2));
    if (!isEscapable(next)) return false;
    this.#pending += this.#text[this.#at + 1];
    this.#at += 2;
    return true;
  }

  #afterSpaces(at: number): number {
    let end = at;
    while (this.#text[end] === " ") end++;
    return end;
  }

  #lineEnd(): boolean {
    const line = this.#pending;
    let end = line.length;
    while (line[end - 1] === " ") end--;
    this.#pending = line.slice(0, end);
    const next = this.#afterSpaces(this.#at + 1);
    if (line.length - end >= 2) return this.#leaf({ t: "br" }, next);
    this.#lines += `${this.#pending}\n`;
    this.#pending = "";
    this.#at = next;
    return true;
  }

  #code(): boolean {
    const text = this.#text;
    const start = this.#at;
    let open = start;
    while (text[open] === "`") open++;
    const width = open - start;
    const ends = this.#ticksOf(width);
    while (ends.length > 0 && (ends.at(-1) as number) < open) ends.pop();
    const close = ends.pop();
    if (close === undefined) {
      this.#literal(text.slice(start, open));
      return true;
    }
    const inside = text.slice(open, close).replaceAll("\n", " ");
    const isPadded = inside.startsWith(" ") && inside.endsWith(" ") && inside.trim() !== "";
    return this.#leaf({ t: "code", text: isPadded ? inside.slice(1, -1) : inside }, close + width);
  }

  /** Where backticks stand that many in a row, the last first. */
  #ticksOf(width: number): number[] {
    if (this.#ticks === undefined) {
      this.#ticks = new Map();
      for (const { 0: run, index } of [...this.#text.matchAll(/`+/g)].reverse()) {
        const known = this.#ticks.get(run.length);
        if (known === undefined) this.#ticks.set(run.length, [index]);
        else known.push(index);
      }
    }
    return this.#ticks.get(width) ?? [];
  }

  #formula(): boolean {
    const found = formulaAt(this.#text, this.#at, this.#context.budget);
    if (found.formula !== undefined) return this.#leaf(found.formula, found.end);
    this.#literal(this.#text.slice(this.#at, found.end));
    return true;
  }

  #marks(char: string): void {
    const text = this.#text;
    let end = this.#at;
    while (text[end] === char) end++;
    const length = end - this.#at;
    if (char === "~" && length > 2) return this.#literal(text.slice(this.#at, end));
    const run = markRun(char, length, { before: text[this.#at - 1] ?? "", after: text[end] ?? "" });
    this.#flush();
    this.#add({ kind: "run", run });
    this.#runs.push(run);
    this.#at = end;
  }

  #open(written: string, wrap: Wrap | undefined): true {
    this.#flush();
    this.#at += written.length;
    const opener: Opener = {
      written,
      directive: wrap,
      runsBefore: this.#runs.length,
      at: this.#at,
      active: true,
      wrap: undefined,
    };
    this.#openers.push(opener);
    this.#add({ kind: "open", opener });
    return true;
  }

  #close(): boolean {
    const opener = this.#openers.pop();
    if (opener === undefined) return false;
    const found =
      opener.directive === undefined ? this.#linkAfter(opener) : this.#directiveAt(opener.directive);
    if (found === undefined) return false;
    this.#flush();
    opener.wrap = found.wrap;
    pairMarks(this.#runs.splice(opener.runsBefore));
    if (opener.written === "[") this.#endLinks();
    this.#add({ kind: "close" });
    this.#at = found.end;
    return true;
  }

  /** The directive that ends at this bracket, with its colours where they are its own. */
  #directiveAt(wrap: Wrap): { wrap: Wrap; end: number } {
    const end = this.#at + 1;
    if (wrap.t !== "paint") return { wrap, end };
    paint.lastIndex = end;
    const found = paint.exec(this.#text)?.[0] ?? "";
    const color = (name: string): string =>
      new RegExp(`${name}="(#[0-9a-f]{3,8}|[a-z]{3,20})"`, "i").exec(found)?.[1] ?? "";
    return {
      wrap: { t: "paint", ink: color("foreground"), ground: color("background") },
      end: end + found.length,
    };
  }

  /** The link that ends at this bracket: `[…](…)`, `[…][label]`, `[…][]`, `[…]`. */
  #linkAfter(opener: Opener): { wrap: Wrap; end: number } | undefined {
    if (!opener.active) return undefined;
    const text = this.#text;
    const after = this.#at + 1;
    const direct = destinationAt(text, after);
    if (direct !== undefined) return { wrap: { t: "link", href: direct.href }, end: direct.end };
    const { references } = this.#context;
    if (references.size === 0) return undefined;
    const close = text[after] === "[" ? text.slice(after, after + 300).indexOf("]") + after : after;
    const written =
      close > after + 1
        ? text.slice(after + 1, close)
        : text.slice(opener.at, Math.min(this.#at, opener.at + 300));
    const href = references.get(referenceLabel(written));
    return href === undefined
      ? undefined
      : { wrap: { t: "link", href }, end: close > after ? close + 1 : after };
  }

  /** Brackets before a link no longer begin one. */
  #endLinks(): void {
    for (let at = this.#openers.length - 1; at >= 0 && this.#openers[at]?.active === true; at--) {
      (this.#openers[at] as Opener).active = false;
    }
  }

  #angleAddress(): boolean {
    const found = angleAddressAt(this.#text, this.#at);
    return (
      found !== undefined &&
      this.#leaf({ t: "link", href: found.href, c: [found.text] }, found.end, found.text)
    );
  }

  #bareAddress(): void {
    const { end, href } = bareAddressAt(this.#text, this.#at);
    const text = this.#text.slice(this.#at, end);
    if (href === undefined) this.#literal(text);
    else this.#leaf({ t: "link", href, c: [text] }, end, text);
  }

  #mail(): boolean {
    const found = mailAround(this.#text, this.#at);
    const before = this.#at - (found?.start ?? this.#at);
    if (found === undefined || !this.#pending.endsWith(this.#text.slice(found.start, this.#at))) return false;
    this.#pending = this.#pending.slice(0, this.#pending.length - before);
    const text = this.#text.slice(found.start, found.end);
    return this.#leaf({ t: "link", href: `mailto:${text}`, c: [text] }, found.end, text);
  }

  #entity(): boolean {
    const found = entityAt(this.#text, this.#at);
    if (found === undefined) return false;
    this.#pending += found.char;
    this.#at = found.end;
    return true;
  }

  #colon(): boolean {
    const begins = this.#match(directive);
    if (begins !== undefined) return this.#open(begins[0], wrapOf(begins[0], begins[1], begins[2]));
    const icon = this.#match(material);
    if (icon !== undefined) {
      const name = icon[1] ?? "";
      const path = iconNamed(name);
      if (path === undefined) tellOfMissingIcon(name);
      return this.#leaf({ t: "icon", name, path: path ?? "" }, this.#at + icon[0].length);
    }
    const named = this.#match(shortcode);
    const emoji = named === undefined ? undefined : emojiNamed((named[1] ?? "").toLowerCase());
    if (named === undefined || emoji === undefined) return false;
    this.#pending += emoji;
    this.#at += named[0].length;
    return true;
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#text) ?? undefined;
  }
}

function wrapOf(begun: string, written: string | undefined, part: string | undefined): Wrap {
  if (begun === ":color[") return { t: "paint", ink: "", ground: "" };
  // What shimmers elsewhere is quiet here: nothing moves that the viewer did not ask to move.
  if (begun === ":shimmer[") return { t: "color", color: "gray" };
  if (written === undefined) return { t: "small" };
  const color = written === "grey" ? "gray" : written;
  return { t: part === "-background" ? "background" : part === "-badge" ? "badge" : "color", color };
}

interface Frame {
  readonly wrap: Wrap | undefined;
  readonly out: Inline[];
  readonly inLink: boolean;
}

/** Makes a tree of tokens whose pairs are known. */
function build(tokens: readonly Token[]): Inline[] {
  const builder = new Builder();
  for (const token of tokens) builder.take(token);
  return builder.out;
}

class Builder {
  readonly out: Inline[] = [];
  #frames: Frame[] = [{ wrap: undefined, out: this.out, inLink: false }];

  get #top(): Frame {
    return this.#frames.at(-1) as Frame;
  }

  take(token: Token): void {
    switch (token.kind) {
      case "text":
        return addText(this.#top.out, token.text);
      case "leaf":
        return this.#leaf(token.leaf, token.instead);
      case "run":
        return this.#run(token.run);
      case "open":
        return token.opener.wrap === undefined
          ? addText(this.#top.out, token.opener.written)
          : this.#push(token.opener.wrap);
      case "close":
        return this.#pop();
    }
  }

  #leaf(leaf: Inline, instead: string): void {
    if (instead !== "" && this.#top.inLink) addText(this.#top.out, instead);
    else this.#top.out.push(leaf);
  }

  #run(run: MarkRun): void {
    for (const _ of run.closes) this.#pop();
    if (run.left > 0) addText(this.#top.out, run.char.repeat(run.left));
    for (let at = run.opens.length - 1; at >= 0; at--) {
      this.#push({ t: run.char === "~" ? "del" : run.opens[at] === 2 ? "strong" : "em" });
    }
  }

  /** Below the deepest nesting the marks are left out, and what they hold stays. */
  #push(wrap: Wrap): void {
    const { out, inLink } = this.#top;
    const isDrawn = this.#frames.length <= maxNesting && !(wrap.t === "link" && wrap.href === "");
    this.#frames.push({
      wrap: isDrawn ? wrap : undefined,
      out: isDrawn ? [] : out,
      inLink: inLink || wrap.t === "link",
    });
  }

  #pop(): void {
    const { wrap, out } = this.#top;
    if (this.#frames.length > 1) this.#frames.pop();
    if (wrap === undefined) return;
    if (out.length === 0 && wrap.t === "link") out.push(wrap.href);
    if (out.length > 0) this.#top.out.push({ ...wrap, c: out });
  }
}

function addText(out: Inline[], text: string): void {
  const last = out.at(-1);
  if (typeof last === "string") out[out.length - 1] = last + text;
  else out.push(text);
}
