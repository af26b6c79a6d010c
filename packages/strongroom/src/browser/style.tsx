import { createContext, useContext, useInsertionEffect } from "react";

/** Takes rules that were made at run time: one style element on the server, one sheet in the browser. */
export interface StyleSink {
  /** Adds a rule for a class while it is in use; the answer ends the use. */
  readonly add: (className: string, declarations: string) => () => void;
  /** True where drawing is all that happens: rules are taken while it lasts. */
  readonly isServer: boolean;
}

const nowhere: StyleSink = { add: () => () => undefined, isServer: false };

export const StyleContext: React.Context<StyleSink> = createContext(nowhere);

export type Declarations = Readonly<Record<string, string | number | undefined>>;

/**
 * A class with these declarations, for numbers that only the run knows; what is undefined is left out. Names are as in
 * `CSSStyleDeclaration` (`flexGrow`) or custom properties (`--part`). Numbers are px, except where CSS has bare numbers.
 */
export function useStyle(declarations: Declarations): string {
  const sink = useContext(StyleContext);
  const css = cssOf(declarations);
  const className = css === "" ? "" : `s-${hash(css)}`;
  if (sink.isServer && css !== "") sink.add(className, css);
  useInsertionEffect(() => (css === "" ? undefined : sink.add(className, css)), [sink, className, css]);
  return className;
}

const bare = new Set(
  "aspectRatio columnCount fillOpacity flex flexGrow flexShrink fontWeight gridColumn gridRow lineHeight opacity order scale zIndex".split(
    " ",
  ),
);
const propertyName = /^(--[a-z][a-z0-9-]*|[a-z][a-zA-Z]*)$/;
/** Words, numbers, colours and functions; nothing that ends a declaration or fetches. */
const safeValue = /^(?!.*(url\(|\/\*|image\())[a-z0-9#%.,()\s+*/_-]{1,200}$/i;

/** The declarations as CSS text, in the order of their names. What could leave its declaration is left out. */
export function cssOf(declarations: Declarations): string {
  let css = "";
  for (const name of Object.keys(declarations).sort()) {
    const value = declarations[name];
    if (value === undefined || !propertyName.test(name)) continue;
    const text = typeof value === "number" ? numberText(name, value) : value;
    if (!safeValue.test(text)) continue;
    css += `${name.startsWith("--") ? name : name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}:${text};`;
  }
  return css;
}

function numberText(name: string, value: number): string {
  const rounded = String(Math.round(value * 1e4) / 1e4);
  return name.startsWith("--") || bare.has(name) || value === 0 ? rounded : `${rounded}px`;
}

/** A short name for a text, the same on both sides (FNV-1a, two of 32 bits). */
function hash(text: string): string {
  let a = 0x811c9dc5;
  let b = 0xc2b2ae35;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x85ebca6b);
  }
  return (a >>> 0).toString(36) + (b >>> 0).toString(36);
}
