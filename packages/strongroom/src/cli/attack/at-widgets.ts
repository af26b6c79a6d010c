import type { FlatNode } from "../../wire/apply-patch.ts";
import { clicked, forgeriesOf, isWidget, objectNames, type Shown } from "./forgeries.ts";
import type { AttackedSession, Outcome } from "./session.ts";
import type { Tally } from "./tally.ts";

/** Makes a session afresh when the last one was cut off. */
export type NextSession = () => Promise<AttackedSession>;

/** Forges answers and clicks for every widget of the page; none of them may run a line of the author's code. */
export async function attackWidgets(next: NextSession, tally: Tally): Promise<void> {
  let session = await next();
  const forge = async (what: string, how: string, event: object): Promise<void> => {
    if (!session.isOpen) session = await next();
    const outcome: Outcome = await session.forge(event);
    tally.noteOutcome(what, how, outcome);
  };
  for (const node of session.tree.nodes.values()) {
    const what = answers(node) ? node.id : "elements that only show";
    for (const { how, event } of eventsAt(node)) await forge(what, how, event);
  }
  for (const { how, event } of eventsAtNone(session)) await forge("the page's events", how, event);
  await session.close();
}

interface ForgedEvent {
  readonly how: string;
  readonly event: object;
}

/** What this command does not know, and holds nothing, only shows. */
function answers({ kind, value }: FlatNode): boolean {
  return isWidget(kind) || value !== null;
}

function eventsAt(node: FlatNode): readonly ForgedEvent[] {
  const { id, kind, props, value } = node;
  const shown = shownOf(props);
  const isClicked = clicked.has(kind);
  const answer = (how: string, forged: unknown): ForgedEvent => ({
    how,
    event: { values: { [id]: forged } },
  });
  const click = (how: string, forged: unknown): ForgedEvent => ({
    how,
    event: { trigger: { id, value: forged } },
  });
  if (!answers(node)) {
    return [
      answer("an answer for what takes none", { forged: true }),
      click("a click on what takes none", { forged: true }),
    ];
  }
  const forged = forgeriesOf(kind, shown).map((one) =>
    isClicked ? click(one.how, one.value) : answer(one.how, one.value),
  );
  const wrongWay = isClicked
    ? [answer("an answer for a button", true)]
    : [click("a click on what is not clicked", { forged: true })];
  const closed =
    shown["disabled"] === true ? [isClicked ? click("disabled", true) : answer("disabled", value)] : [];
  const names = objectNames.map((name) =>
    (isClicked ? click : answer)("a name of objects", { [name]: { admin: true } }),
  );
  return [...forged, ...wrongWay, ...closed, ...names];
}

/** Widgets that are not there, trees that are not yet, pages that nobody has. */
function eventsAtNone({ tree, treeNumber }: AttackedSession): readonly ForgedEvent[] {
  const some = [...tree.nodes.keys()].slice(0, 5);
  const ids = [
    "button:Never there",
    "textInput:Hidden",
    "constructor",
    "toString",
    "../app",
    ...some.map((id) => `${id} `),
  ];
  return [
    ...ids.flatMap((id) => [
      { how: "an answer for a widget that is not on the page", event: { values: { [id]: true } } },
      { how: "a click on a widget that is not on the page", event: { trigger: { id } } },
      { how: "the same, by an older tree", event: { tree: 0, values: { [id]: true } } },
    ]),
    { how: "a tree that is not there yet", event: { tree: treeNumber + 1_000_000 } },
    ...["no-such-page", "admin-nobody-made", "constructor"].map((page) => ({
      how: "a page that is not there",
      event: { page },
    })),
  ];
}

function shownOf(props: unknown): Shown {
  return typeof props === "object" && props !== null ? { ...props } : {};
}
