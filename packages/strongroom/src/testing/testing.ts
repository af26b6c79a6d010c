/** `strongroom/testing`: a page in this process, answered as a browser would, without a browser. */
export { openPage, type OpenOptions, type Page } from "./open-page.ts";
export type { Refusal, TestAccess, TestUser } from "./page-access.ts";
export type { Element, Message } from "./page-tree.ts";
