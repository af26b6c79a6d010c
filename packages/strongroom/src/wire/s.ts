import {
  array,
  json,
  nullable,
  object,
  optional,
  record,
  tuple,
  union,
  variant,
} from "./schema-structures.ts";
import { boolean, literal, number, oneOf, string } from "./schema-scalars.ts";
import type { Schema } from "./schema.ts";

/** The schema builders. */
export const s: {
  readonly string: typeof string;
  readonly number: typeof number;
  readonly boolean: Schema<boolean>;
  readonly literal: typeof literal;
  readonly oneOf: typeof oneOf;
  readonly array: typeof array;
  readonly tuple: typeof tuple;
  readonly object: typeof object;
  readonly record: typeof record;
  readonly union: typeof union;
  readonly variant: typeof variant;
  readonly nullable: typeof nullable;
  readonly optional: typeof optional;
  readonly json: typeof json;
} = {
  string,
  number,
  boolean,
  literal,
  oneOf,
  array,
  tuple,
  object,
  record,
  union,
  variant,
  nullable,
  optional,
  json,
};
