import { currentRun } from "./run.ts";
import type { Offered, OfferedFlow } from "./services.ts";

/** Hands bytes to this session's viewer and answers the handle that goes into an element's props. */
export function offer(content: Offered): string {
  const { number, services } = currentRun().session;
  return services.offer(number, content);
}

/** The same for bytes that are made while they are fetched. */
export function offerFlow(content: OfferedFlow): Promise<string> {
  const { number, services } = currentRun().session;
  return services.flow(number, content);
}
