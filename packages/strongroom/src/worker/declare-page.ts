import { StrongroomError } from "./errors.ts";

export interface PageOptions {
  /**
   * Who of those who may open the app may see this page: `"anyone"`, `"signed-in"`, or a list of `"*@company.com"`,
   * `"alice@company.com"`, `"group:finance"`, `"role:admin"`, one of which must fit. Default: whoever may open the app.
   */
  readonly allow?: "anyone" | "signed-in" | readonly string[];
  /** The page's name in the menu. Default: made of the file's name. */
  readonly title?: string;
  /** An emoji before it. Default: that of the file's name. */
  readonly icon?: string;
}

/**
 * Says who may see a page of the app, named by its file (`"admin.ts"`), and how the menu shows it. It is read when the app
 * compiles, before anything runs: write it in the app's first script, at the top level, with its values written out.
 */
export function page(file: string, options: PageOptions): void {
  void file;
  void options;
  // The compiler takes out what it reads. What arrives here was called in a way that it could not see.
  throw new StrongroomError(
    "ERR_BAD_OPTION",
    "st.page is read when the app compiles. Call it as st.page(…) in the app's first script, at the top level; nothing " +
      "that this call says is in force.",
  );
}
