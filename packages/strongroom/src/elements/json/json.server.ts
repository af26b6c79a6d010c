import { badOption } from "../../worker/errors.ts";
import { show } from "../../worker/show.ts";
import { widthProps } from "../layout.server.ts";
import { jsonSpec } from "./json.schema.ts";
import { checkedJson, jsonTextOf } from "./json-text.server.ts";

export interface JsonOptions {
  /** How many levels are open at first; `true` (default) is all of them, `false` none. */
  readonly expanded?: boolean | number;
  /** Default `"stretch"`; a number is px. */
  readonly width?: "stretch" | number;
}

/** Shows a value as a tree that viewers can fold: anything, or JSON as text. */
export function json(body: unknown, options: JsonOptions = {}): void {
  const { expanded = true } = options;
  const levels = expanded === true ? 100 : expanded === false ? 0 : expanded;
  if (!Number.isInteger(levels) || levels < 0)
    throw badOption("json", "expanded", "true, false, or a number of levels from 0 to 100");
  const text = typeof body === "string" ? checkedJson("json", body) : jsonTextOf("json", body);
  show(jsonSpec, { text, expanded: Math.min(levels, 100), ...widthProps("json", options) });
}

json.specs = [jsonSpec] as const;
