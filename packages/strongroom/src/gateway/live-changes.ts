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

/** Does what time has brought. */
export function sweepLogins({ logins, renewals, viewers }: Services): void {
  void logins.sweep();
  renewals.sweep(viewers.isHere);
}

/** Takes up who may see what, for all that is open, too. */
export function changeAccess({ access, audit, sessions }: Services, settings: AccessSettings): void {
  sessions.rejudgeAll(() => access.change(settings));
  audit.note({ kind: "admin", detail: "[access] has changed" });
}
