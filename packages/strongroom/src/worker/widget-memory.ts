import type { Json } from "../wire/schema.ts";

/** How long an answer is kept while its widget is not shown. */
export type Keeping = "page" | "session";

/** What a session remembers of its widgets beside their answers. */
export class WidgetMemory {
  /** Widgets with `validate` that the viewer has answered, and forms that they tried to send: what is wrong is shown. */
  readonly touched = new Set<string>();
  /** Widgets whose answer outlives them. */
  readonly kept = new Map<string, Keeping>();
  /** Ids of widgets by the URL parameter that they are bound to, as far as they are shown. */
  readonly bound = new Map<string, string>();
  /** Parameters that have been taken from the URL since the viewer went there. */
  readonly read = new Set<string>();

  /** The viewer goes to another URL of this page: what it says of bound widgets counts, and what it no longer says. */
  goTo(query: string, widgets: Map<string, Json>): void {
    if (this.bound.size === 0) return;
    const params = new URLSearchParams(query);
    for (const [name, id] of this.bound) {
      this.read.delete(name);
      if (!params.has(name)) widgets.delete(id);
    }
  }

  /** The viewer turns to another page: answers belong to the page that asked, but for those that are kept. */
  turnPage(widgets: Map<string, Json>): void {
    for (const id of widgets.keys()) {
      if (this.kept.get(id) === "session") continue;
      widgets.delete(id);
      this.kept.delete(id);
    }
    this.touched.clear();
    this.bound.clear();
    this.read.clear();
  }

  /** Forgets the answers of widgets that a whole run has not shown. */
  forgetUnshown(shown: ReadonlySet<string>, widgets: Map<string, Json>): void {
    for (const id of widgets.keys()) if (!shown.has(id) && !this.kept.has(id)) widgets.delete(id);
    for (const id of this.touched) if (!shown.has(id) && !this.kept.has(id)) this.touched.delete(id);
  }

  /** Takes the parameters of widgets that are not shown any more out of a query string. */
  unbind(shown: ReadonlySet<string>, query: string): string {
    const gone = [...this.bound].filter(([, id]) => !shown.has(id)).map(([name]) => name);
    if (gone.length === 0) return query;
    const params = new URLSearchParams(query);
    for (const name of gone) {
      params.delete(name);
      this.bound.delete(name);
    }
    return params.toString();
  }
}
