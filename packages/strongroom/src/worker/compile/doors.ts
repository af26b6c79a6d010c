import type { Doors } from "./resolve.ts";

/** From source (in our own tests) our doors are source too. */
const ending = import.meta.url.endsWith(".ts") ? "ts" : "js";

/** Where an app's imports of ours lead. */
export const doors: Doors = {
  strongroom: new URL(`../../st.${ending}`, import.meta.url).href,
  "strongroom/testing": new URL(`../../testing/testing.${ending}`, import.meta.url).href,
};
