/**
 * Node's HTTP server. An `import` of its module reads each of its exports, and one of them loads a whole client for
 * `fetch` and WebSocket on its way: a third of what a start takes.
 */
export const { createServer, STATUS_CODES }: typeof import("node:http") =
  process.getBuiltinModule("node:http");
