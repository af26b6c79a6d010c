/** Which answers of a page are sent by themselves, which wait, and with what they go. */
import { expanderSpec } from "../elements/expander/expander.schema.ts";
import { tabsSpec } from "../elements/tabs/tabs.schema.ts";
import type { FlatNode } from "../wire/apply-patch.ts";
import type { Drafts } from "./drafts.ts";
import type { PageTree } from "./page-tree.ts";
import { propOf } from "./prop-of.ts";

/** What viewers open and close: unless the script follows it, what the page keeps of it is never sent. */
const folding: ReadonlySet<string> = new Set([expanderSpec.kind, tabsSpec.kind]);

/** True for an answer that is not sent by itself: it is part of a form, or its author does not want a run for it. */
export function waits(tree: PageTree, node: FlatNode): boolean {
  return propOf(node.props, "quiet") === true || tree.enclosing(node.id, "form") !== undefined;
}

/** What stands in a form, at any depth. */
export function membersOf(tree: PageTree, form: FlatNode | undefined): readonly string[] {
  return form === undefined ? [] : [...tree.within(form.id)];
}

/** Of these elements, those whose drafts are answers to be sent. */
export function answersAmong(tree: PageTree, drafts: Drafts, ids: readonly string[]): readonly string[] {
  return ids.filter((id) => drafts.get(id) !== undefined && !isFolding(tree.node(id)));
}

function isFolding(node: FlatNode | undefined): boolean {
  return node !== undefined && folding.has(node.kind) && propOf(node.props, "tracked") !== true;
}

/** Answers outside of forms that go with whatever is sent next. */
export function quietAnswers(tree: PageTree, drafts: Drafts): readonly string[] {
  return drafts.ids().filter((id) => {
    const isAnswer = drafts.get(id)?.held === true && drafts.refusal(id) === undefined;
    return isAnswer && tree.node(id) !== undefined && tree.enclosing(id, "form") === undefined;
  });
}

/** The button that Enter in a field of the form presses. */
export function enterButton(tree: PageTree, form: FlatNode): string | undefined {
  if (propOf(form.props, "enterToSubmit") === false) return undefined;
  return membersOf(tree, form).find((member) => {
    const node = tree.node(member);
    return node?.kind === "formSubmitButton" && propOf(node.props, "disabled") !== true;
  });
}
