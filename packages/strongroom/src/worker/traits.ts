import { isEmbedName } from "../wire/embed-query.ts";
import { limits } from "../wire/limits.ts";
import type { Json, Schema } from "../wire/schema.ts";
import { badOption, StrongroomError } from "./errors.ts";
import type { Run, RunSession } from "./run.ts";
import { answerOfParams, paramsOfAnswer, type UrlText } from "./url-answer.ts";

/** How the answer of a widget is kept beyond the widget itself. */
export interface Traits {
  /** The URL parameter that it is bound to. */
  readonly param: string | undefined;
}

interface Shown {
  readonly kind: string;
  readonly id: string;
  readonly options: {
    readonly key?: string | undefined;
    readonly bind?: "query-params" | undefined;
    readonly persistState?: "page" | "session" | undefined;
  };
}

const free: Traits = { param: undefined };
/** So many answers outlive their widgets in one session, and no more: keys may be made up without end. */
const maxKept = 10_000;

/** Notes what the options of a widget say of how its answer is kept. */
export function traitsOf(run: Run, { kind, id, options: { key, bind, persistState } }: Shown): Traits {
  const { memory, widgets } = run.session;
  if (bind === undefined && persistState === undefined) {
    // Kept by another page under the same key: that is another widget.
    if (memory.kept.size > 0 && memory.kept.delete(id)) widgets.delete(id);
    return free;
  }
  if (bind !== undefined && bind !== "query-params") throw badOption(kind, "bind", '"query-params"');
  if (persistState !== undefined && persistState !== "page" && persistState !== "session")
    throw badOption(kind, "persistState", '"page" or "session"');
  if (key === undefined)
    throw badOption(kind, "key", "given together with `bind` or `persistState`: it names what is kept");
  if (bind !== undefined && isEmbedName(key))
    throw badOption(kind, "key", "another name: this one says how the app looks in a frame");
  if (memory.kept.size < maxKept)
    memory.kept.set(id, bind === undefined ? (persistState ?? "page") : "session");
  if (bind === undefined) return free;
  memory.bound.set(key, id);
  return { param: key };
}

interface Reading<V> {
  readonly id: string;
  readonly schema: Schema<V>;
  readonly mend?: ((earlier: Json) => V | undefined) | undefined;
  readonly urlText?: UrlText | undefined;
}

/** What the viewer's URL says of a bound widget, once after they went there; nothing where it says nothing that fits. */
export function readParam<V>(
  run: Run,
  param: string,
  { id, schema, mend, urlText }: Reading<V>,
): V | undefined {
  const { memory, query } = run.session;
  if (memory.read.has(param)) return undefined;
  memory.read.add(param);
  const texts = new URLSearchParams(query).getAll(param);
  if (texts.length === 0) return undefined;
  const answer = answerOfParams(schema, texts, { mend, urlText });
  if (answer !== undefined) memory.touched.add(id);
  return answer;
}

interface Writing {
  readonly answer: Json;
  readonly initial: Json;
  readonly urlText: UrlText | undefined;
}

/** Puts an answer into the URL. The one that it has by itself is left out, and so is one that is too long. */
export function writeParam(run: Run, param: string, { answer, initial, urlText }: Writing): void {
  const { session } = run;
  const texts = JSON.stringify(answer) === JSON.stringify(initial) ? [] : paramsOfAnswer(answer, urlText);
  const params = new URLSearchParams(session.query);
  if (sameTexts(params.getAll(param), texts)) return;
  params.delete(param);
  const without = params.toString();
  for (const text of texts) params.append(param, text);
  const query = params.toString();
  session.query = query.length <= limits.queryChars ? query : without;
  run.dirty = true;
}

/** Refuses a query string that changes what a widget is bound to. */
export function refuseBound({ memory, query }: RunSession, next: URLSearchParams): void {
  if (memory.bound.size === 0) return;
  const before = new URLSearchParams(query);
  for (const name of memory.bound.keys()) {
    if (sameTexts(before.getAll(name), next.getAll(name))) continue;
    throw new StrongroomError(
      "ERR_BAD_OPTION",
      `st.queryParams: "${name}" belongs to the widget of that key, which is bound to it; set st.sessionState.${name} above the widget.`,
    );
  }
}

function sameTexts(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text, index) => text === b[index]);
}
