import { show } from "../../worker/show.ts";
import { alertProps, type AlertOptions } from "../alert.server.ts";
import { successSpec } from "./success.schema.ts";

/** Shows that something went well, in Markdown. */
export function success(body: string, options: AlertOptions = {}): void {
  show(successSpec, alertProps("success", body, options));
}

success.specs = [successSpec] as const;
