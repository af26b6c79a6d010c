import { show } from "../../worker/show.ts";
import { alertProps, type AlertOptions } from "../alert.server.ts";
import { infoSpec } from "./info.schema.ts";

/** Shows something worth knowing, in Markdown. */
export function info(body: string, options: AlertOptions = {}): void {
  show(infoSpec, alertProps("info", body, options));
}

info.specs = [infoSpec] as const;
