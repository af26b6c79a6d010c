/**
 * What a new part has to be. Any Standard Schema does here: with zod this file is `z.object({ … })`. It is written by hand so
 * that the app runs without installing anything.
 */
import type { Validator } from "strongroom";
import type { Part } from "./stock.ts";

/** Says what is wrong with a value, or nothing. */
type Rule<T> = (value: T) => string | undefined;

const rules: { readonly [K in keyof Part]?: Rule<Part[K]> } = {
  number: (value) =>
    /^[A-Z]{2}-\d{4}$/.test(value) ? undefined : "Two capital letters, a dash, four digits: BR-1010",
  name: (value) => (value.trim().length >= 3 ? undefined : "At least three letters"),
  shelf: (value) => (/^[A-Z]\d-\d$/.test(value) ? undefined : "Row, rack, place: A1-4"),
  price: (value) => (value > 0 ? undefined : "More than nothing"),
};

export const newPart: Validator<Part> = {
  "~standard": {
    version: 1,
    vendor: "stockroom",
    validate: (value) => {
      // The form's fields are named as a part's, and each answers what its widget may.
      const part = value as Part;
      const issues = Object.entries(rules).flatMap(([name, rule]) => {
        const message = (rule as Rule<unknown>)(part[name as keyof Part]);
        return message === undefined ? [] : [{ message, path: [name] }];
      });
      return issues.length === 0 ? { value: { ...part, name: part.name.trim() } } : { issues };
    },
  },
};
