import { optionNames } from "../../worker/option-names.ts";
import { badOption } from "../../worker/errors.ts";
import { show } from "../../worker/show.ts";
import { widthProps } from "../layout.server.ts";
import { jsonSpec } from "./json.schema.ts";
import { checkedJson, jsonTextOf } from "./json-text.server.ts";
import { checkOptions, isPending } from "../check-options.server.ts";

export interface JsonOptions {
  /** How many levels are open at first; `true` (default) is all of them, `false` none. */
  readonly expanded?: boolean | number;
  /** Default `"stretch"`; a number is px. */
  readonly width?: "stretch" | number;
}

const known = optionNames<JsonOptions>()({ expanded: true, width: true });

/** Shows a value as a tree that viewers can fold: anything, or JSON as text. */
export function json(body: unknown, options: JsonOptions = {}): void {
  showJson("json", body, options);
}

/** The same under the name of another function, which its errors tell. */
export function showJson(element: string, body: unknown, options: JsonOptions = {}): void {
  checkOptions(`st.json(value, { expanded: false })`, options, known);
  const { expanded = true } = options;
  const levels = expanded === true ? 100 : expanded === false ? 0 : expanded;
  if (!Number.isInteger(levels) || levels < 0)
    throw badOption("json", "expanded", "true, false, or a number of levels from 0 to 100");
  if (isPending(body))
    throw badOption(element, "body", "what is there; this is still to come: write `await` before it");
  const text = typeof body === "string" ? checkedJson(element, body) : jsonTextOf(element, body);
  show(jsonSpec, { text, expanded: Math.min(levels, 100), ...widthProps("json", options) });
}

json.specs = [jsonSpec] as const;
