/** What changes about viewers while their pages are open. */
import type { AccessSettings } from "./access/access.ts";
import type { Services } from "./services.ts";

/** What becomes of a sign-in becomes of every open page. */
export function followLogins(
  logins: Services["logins"],
  { sessions, sockets }: Pick<Services, "sessions" | "sockets">,
): void {
  logins.onChange((viewer) => sessions.rejudge(viewer));
  logins.onEnd((viewer) => {
    sockets.endViewer(viewer, "signed-out");
    void sessions.endViewer(viewer, "signed-out");
  });
}

/** Does what time has brought, when it is called: again and again. */
export function sweeper(services: Services): () => void {
  const { logins, renewals, viewers } = services;
  const tellStray = strayRulesTold(services);
  return () => {
    void logins.sweep();
    renewals.sweep(viewers.isHere);
    tellStray();
  };
}

/** Tells the log of rules that keep nobody out, once for each set of them. */
function strayRulesTold({ access, log }: Pick<Services, "access" | "log">): () => void {
  let told = "";
  return () => {
    const stray = access.strayRules().map((path) => `"${path}"`);
    if (stray.join() === told) return;
    told = stray.join();
    if (stray.length > 0)
      log.error(
        `[access.pages] speaks of what is no page of the app (${stray.join(", ")}): whatever page was meant is kept from nobody by it.`,
      );
  };
}

/** Takes up who may see what, for all that is open, too. */
export function changeAccess({ access, audit, sessions }: Services, settings: AccessSettings): void {
  sessions.rejudgeAll(() => access.change(settings));
  audit.note({ kind: "admin", detail: "[access] has changed" });
}
