import { createElement, type ReactNode } from "react";
import type { Formula, MathPart } from "../../wire/rich-text.ts";
import style from "./maths.module.css";

/** A formula as MathML, or its source where that could not be read. */
export function Maths({ formula: { tex, tree } }: { formula: Formula }): ReactNode {
  return tree === "" ? (
    <code className={style["unread"]}>{tex}</code>
  ) : (
    drawn(JSON.parse(tree) as MathPart, 0)
  );
}

/** The elements and attributes that draw formulas; nothing that leads anywhere, runs or loads. */
const names =
  /^m(?:ath|row|[inos]|text|space|frac|sqrt|root|style|padded|phantom|s(?:u[bp]|ubsup)|under|over|underover|multiscripts|prescripts|table|tr|td|enclose|error)$/;
const attributeNames =
  /^(?:display|displaystyle|scriptlevel|math(?:variant|color|background|size)|form|fence|separator|stretchy|symmetric|(?:min|max)size|movablelimits|largeop|accent|accentunder|[lr]space|width|height|depth|voffset|linethickness|notation|column(?:align|spacing|lines)|row(?:spacing|lines|align|span)|columnspan|data-tex)$/;

function drawn(part: MathPart, key: number): ReactNode {
  if (typeof part === "string") return part;
  const [name, attributes, ...inside] = part;
  if (!names.test(name)) return inside.map(drawn);
  const props: Record<string, unknown> = { key };
  for (const [attribute, value] of Object.entries(attributes))
    if (attributeNames.test(attribute)) props[attribute] = value;
  if (name === "math") props["className"] = style["math"];
  return createElement(name, props, ...inside.map(drawn));
}
