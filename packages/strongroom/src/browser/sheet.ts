import type { StyleSink } from "./style.tsx";

interface Rule {
  uses: number;
}

/** Rules made at run time, in a sheet of their own: no style element, no style attribute. */
export function browserSheet(): StyleSink {
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  const rules = new Map<string, Rule>();
  return {
    isServer: false,
    add(className, declarations) {
      const rule = rules.get(className) ?? { uses: 0 };
      if (rule.uses++ === 0) {
        rules.set(className, rule);
        sheet.insertRule(`.${className}{${declarations}}`, sheet.cssRules.length);
      }
      return () => {
        if (--rule.uses > 0) return;
        rules.delete(className);
        remove(sheet, className);
      };
    },
  };
}

function remove(sheet: CSSStyleSheet, className: string): void {
  for (let index = sheet.cssRules.length - 1; index >= 0; index--) {
    const rule = sheet.cssRules[index];
    if (rule instanceof CSSStyleRule && rule.selectorText === `.${className}`) return sheet.deleteRule(index);
  }
}

/** Rules of one drawing on the server: the text for the page's style element. */
export function serverSheet(): StyleSink & { readonly css: () => string } {
  const rules = new Map<string, string>();
  return {
    isServer: true,
    add(className, declarations) {
      rules.set(className, declarations);
      return () => undefined;
    },
    css: () => [...rules].map(([className, declarations]) => `.${className}{${declarations}}`).join(""),
  };
}
