import { textSpec } from "../elements/text/text.schema.ts";
import type { App } from "./app.ts";
import { SessionRunner } from "./runner.ts";
import type { Services } from "./services.ts";
import { WorkerSession } from "./session.ts";
import { show } from "./show.ts";

/** Runs a page of our own a few hundred times, so that the first viewer does not wait for the engine to get going. */
export function warmUp(services: Services): void {
  const outlet = { begin: () => {}, send: () => {}, commit: () => {}, ended: () => {}, push: () => {} };
  let turn = 0;
  const body = (): void => {
    turn++;
    for (let index = 0; index < 20; index++) show(textSpec, { text: `${index === 3 ? turn : index}` });
  };
  const app = {
    pages: [{ path: "", title: "", icon: "" }],
    page: () => body,
    reportError: () => {},
  } as unknown as App;
  const runner = new SessionRunner(new WorkerSession(0, services), app, outlet);
  runner.open();
  for (let index = 1; index < 200; index++) runner.take({ t: "event", n: index, tree: 0 });
}
