import { show } from "../../worker/show.ts";
import { alertProps, type AlertOptions } from "../alert.server.ts";
import { errorSpec } from "./error.schema.ts";

/** Shows what went wrong and what to do, in Markdown. For an error that was thrown there is `st.exception`. */
export function error(body: string, options: AlertOptions = {}): void {
  show(errorSpec, alertProps("error", body, options));
}

error.specs = [errorSpec] as const;
