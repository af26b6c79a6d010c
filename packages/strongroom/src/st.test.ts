import { expect, test } from "vitest";
import { st } from "./st.ts";

test.each([
  ["st", st],
  ["st.queryParams", st.queryParams],
  ["st.button", st.button],
  ["st.columns", st.columns],
])("%s takes nothing that another viewer could read", (_, shared) => {
  expect(Object.isFrozen(shared)).toBe(true);
  expect(() => Object.assign(shared, { leak: "of one viewer" })).toThrow(TypeError);
});
