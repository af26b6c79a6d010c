import { checkboxSpec } from "../elements/checkbox/checkbox.schema.ts";
import { textSpec } from "../elements/text/text.schema.ts";
import { App } from "./app.ts";
import { SessionRunner, type Outlet } from "./runner.ts";
import type { Services } from "./services.ts";
import { WorkerSession } from "./session.ts";
import { ask } from "./ask.ts";
import { show } from "./show.ts";

const turns = 150;
const outlet: Outlet = {
  begin: () => undefined,
  send: () => undefined,
  commit: () => undefined,
  ended: () => undefined,
  push: () => undefined,
};

/** Runs a page of our own some hundred times, so that the first viewer does not wait for the engine to get going. */
export function warmUp(services: Services): void {
  const run = (): void => {
    const isOn = ask(checkboxSpec, {
      label: "On",
      options: { key: "on" },
      props: { label: "On" },
      initial: false,
    });
    for (let index = 0; index < 20; index++) show(textSpec, { text: index === 3 ? `${isOn}` : `${index}` });
  };
  const app = new App({ pages: [{ path: "", title: "", icon: "", run }] }, () => undefined);
  const session = new WorkerSession(0, services);
  session.pages = app.pages;
  const runner = new SessionRunner(session, app, outlet);
  runner.open();
  for (let n = 1; n <= turns; n++)
    runner.take({ t: "event", n, tree: 1, values: { "checkbox#on": n % 2 === 1 } });
  runner.close();
}
