import { nearest } from "../config/nearest.ts";
import { iconNames } from "./icons.ts";
import { currentScope } from "./run.ts";

const place = "missing icons";
/** Names may come from data: a log is not filled with them. */
const mostNames = 50;

/**
 * Tells the author once of each icon that we have no drawing of. It is no error: the name may well be one of the thousands
 * that there are elsewhere, and a page does without.
 */
export function tellOfMissingIcon(name: string): void {
  const shared = currentScope()?.run.session.services.shared;
  if (shared === undefined) return;
  const known = shared.get(place);
  const told = known instanceof Set ? known : new Set();
  shared.set(place, told);
  if (told.has(name) || told.size >= mostNames) return;
  told.add(name);
  const near = nearest(name, iconNames());
  const advice = near === undefined ? "an emoji does as well" : `did you mean :material/${near}:?`;
  console.warn(`:material/${name}: has no drawing, a gap stands in its place; ${advice}`);
}
