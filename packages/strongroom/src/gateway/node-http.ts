import type * as http from "node:http";

/**
 * Node's HTTP server. An `import` of its module reads each of its exports, and one of them loads a whole client for
 * `fetch` and WebSocket on its way: a third of what a start takes.
 */
export const { createServer, STATUS_CODES }: typeof http = process.getBuiltinModule("node:http");
