import type { Json } from "../wire/schema.ts";
import {
  checkOf,
  type Check,
  type InputOf,
  type OutputOf,
  type Pattern,
  type Validator,
} from "../worker/validate.ts";

/** What text can be judged by. */
export type TextCheck = Validator | Pattern;

/** Refuses, while the author types, a schema that can take no answer of the widget. */
export type CheckFor<T, C> = C extends Validator
  ? [InputOf<C> & T] extends [never]
    ? `This schema takes no ${T extends number ? "number" : "text"}`
    : unknown
  : unknown;

/** The answer of a widget: as it is, or what a schema makes of it, `undefined` while it does not fit. */
export type CheckedAnswer<T, C> = C extends Validator
  ? OutputOf<C> | undefined
  : C extends Pattern
    ? T | undefined
    : T;

interface Validated {
  readonly check?: Check;
  readonly fromWire: (answer: Json) => unknown;
}

/** Without `validate` an answer is what it is. */
const asItIs: Validated = { fromWire: (answer) => answer };

/** How the answers of a widget are judged, and what its author's code gets of them. */
export function validatedBy(element: string, validate: unknown): Validated {
  if (validate === undefined) return asItIs;
  const check = checkOf(element, validate);
  const fromWire = (answer: Json): unknown => {
    const judged = check(answer);
    return judged.ok ? judged.value : undefined;
  };
  return { check, fromWire };
}
