import { withCookies, type Answer } from "../http/answer.ts";
import type { AskedByVisitor } from "../operation.ts";
import type { Services } from "../services.ts";
import { forgetViewer } from "../viewer-cookie.ts";
import { ownPath } from "./own-path.ts";

/** Answers once what is known of the viewer is new enough; who is signed out by that comes again, as nobody. */
export async function settledFirst(
  services: Services,
  asked: AskedByVisitor,
  answer: (services: Services, asked: AskedByVisitor) => Promise<Answer>,
): Promise<Answer> {
  const { logins, renewals } = services;
  if (logins.loginOf(asked.viewer) === undefined) return answer(services, asked);
  await renewals.settle(asked.viewer);
  if (logins.loginOf(asked.viewer) !== undefined) return answer(services, asked);
  const to = ownPath(asked.query === "" ? asked.path : `${asked.path}?${asked.query}`);
  return withCookies({ status: 303, headers: { Location: `${asked.site.base}${to}` } }, [
    forgetViewer(asked.site),
  ]);
}
