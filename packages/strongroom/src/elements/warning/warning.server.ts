import { show } from "../../worker/show.ts";
import { alertProps, type AlertOptions } from "../alert.server.ts";
import { warningSpec } from "./warning.schema.ts";

/** Shows what viewers should look out for, in Markdown. */
export function warning(body: string, options: AlertOptions = {}): void {
  show(warningSpec, alertProps("warning", body, options));
}

warning.specs = [warningSpec] as const;
