export { button } from "./button/button.server.ts";
export { columns } from "./columns/columns.server.ts";
export { text } from "./text/text.server.ts";
