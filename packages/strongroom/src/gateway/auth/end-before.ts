import type { ReachedSite } from "../operation.ts";
import type { Services } from "../services.ts";
import { viewerOf } from "../viewer-cookie.ts";

/** Nothing of who this browser was before a sign-in goes on. */
export async function endBefore(
  { logins, sessions }: Pick<Services, "logins" | "sessions">,
  cookies: string | undefined,
  site: ReachedSite,
): Promise<void> {
  const before = viewerOf(cookies, site);
  if (before?.isLogin === true) await logins.end({ viewer: before.viewer });
  else if (before !== undefined) await sessions.endViewer(before.viewer, "expired");
}
