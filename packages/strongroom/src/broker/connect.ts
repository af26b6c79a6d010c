import type { Connection } from "./connection.ts";
import { CustomConnection } from "./custom/custom.ts";
import { engineFor } from "./engines.ts";
import { HttpConnection } from "./http/http.ts";
import type { ConnectionSettings } from "./settings.ts";
import { SqlConnection } from "./sql-connection.ts";

/** What stands behind a section of `[connections]`; nothing is opened before the first question. */
export async function connect(settings: ConnectionSettings): Promise<Connection> {
  switch (settings.engine) {
    case "http":
      return new HttpConnection(settings);
    case "custom":
      return CustomConnection.open(settings);
    default:
      return new SqlConnection(settings, await engineFor(settings));
  }
}
