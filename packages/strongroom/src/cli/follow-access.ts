import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Logger } from "pino";
import { checkAccess } from "../config/access.ts";
import { loadConfig, type ConfigSources } from "../config/load.ts";
import type { Config } from "../config/options.ts";
import type { Gateway } from "../gateway/gateway.ts";
import { accessSettings } from "./access-settings.ts";
import { watchFiles } from "./watch-files.ts";

/** Looked at often: who may not see a page any more loses it within a second. */
const lookMs = 250;

export interface AccessFollowing {
  readonly sources: ConfigSources;
  /** Viewers can sign in, or everybody is somebody. */
  readonly hasSignIn: boolean;
  /** What the server was started with. */
  readonly known: Config;
  readonly log: Pick<Logger, "info" | "warn" | "error">;
}

/**
 * Takes up `[access]` of a configuration that changes, while pages are open; answers how to end it. What is wrong is
 * told, and what was in force stays so.
 */
export function followAccess(
  { sources, hasSignIn, known, log }: AccessFollowing,
  gateway: Pick<Gateway, "changeAccess">,
): () => void {
  let before = known;
  const changed = async (): Promise<void> => {
    const { config } = loadConfig(sources);
    const { access, ...others } = config;
    const { access: accessBefore, ...othersBefore } = before;
    if (!isDeepStrictEqual(access, accessBefore)) {
      // Where the server listens, and who can sign in, is as it was started.
      gateway.changeAccess(accessSettings(access, checkAccess({ ...known, access }, hasSignIn)));
      log.info("[access] has changed and is taken up.");
    }
    if (!isDeepStrictEqual(others, othersBefore))
      log.warn("The configuration has changed: all but [access] counts from the next start.");
    before = config;
  };
  const failed = (why: string): void =>
    log.error(`The configuration has changed and is not taken up; what was in force stays so. ${why}`);
  return watchFiles({ lookMs, paths: () => filesOf(sources), changed, failed });
}

function filesOf({ home, appFolder }: ConfigSources): readonly string[] {
  return [home, appFolder].flatMap((folder) =>
    [".strongroom", ".streamlit"].map((name) => join(folder, name, "config.toml")),
  );
}
