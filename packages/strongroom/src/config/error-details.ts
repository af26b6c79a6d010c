import type { Config } from "./options.ts";

/** What pages show of an error: all of it, its kind and lines, its kind, or only an id that stands in the log. */
export type ErrorDetails = Exclude<Config["client"]["showErrorDetails"], "auto">;

/** While authors edit, all; else nothing but the id. */
export function errorDetails(choice: Config["client"]["showErrorDetails"], isEditing: boolean): ErrorDetails {
  if (choice !== "auto") return choice;
  return isEditing ? "full" : "none";
}
