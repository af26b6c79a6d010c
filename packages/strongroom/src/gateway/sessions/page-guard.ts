import type { Access } from "../access/access.ts";
import type { May } from "../access/may.ts";
import type { SessionValue } from "./session-value.ts";
import type { GoneWhy, Tab } from "./tab.ts";

type Refusal = May & { ok: false };

export interface GuardPorts {
  readonly access: Pick<Access, "see" | "pagesOf">;
  /** Ends a session for good, in memory and in the store. */
  readonly forget: (value: SessionValue) => void;
}

/** Keeps a session to pages that its viewer may see, and ends it where that is no longer its own. */
export class PageGuard {
  readonly #value: SessionValue;
  readonly #tab: Tab;
  readonly #ports: GuardPorts;

  constructor(value: SessionValue, tab: Tab, ports: GuardPorts) {
    this.#value = value;
    this.#tab = tab;
    this.#ports = ports;
  }

  judge(page: string = this.#value.page): May {
    return this.#ports.access.see(this.#value.viewer, page);
  }

  /** Does the session go on? If not, its tab hears why, and nothing is left of it. */
  holds(): boolean {
    const judged = this.judge();
    if (!judged.ok) this.bar(judged);
    return judged.ok;
  }

  bar(refusal: Refusal): void {
    this.#tab.leave(goneWhy(refusal));
    this.#ports.forget(this.#value);
  }

  /** Paths of the pages that the viewer may see. */
  readonly pages = (): readonly string[] => this.#ports.access.pagesOf(this.#value.viewer);
}

export function goneWhy({ reason }: Refusal): GoneWhy {
  return reason === "sign-in" ? "signed-out" : "not-allowed";
}
