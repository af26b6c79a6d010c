/**
 * Who may import whom. A file belongs to the first room whose pattern fits its path from `src`; it may import files of
 * the rooms that are listed, and its own. Types count as much as values. Tests import what they like.
 */
export interface Room {
  readonly name: string;
  readonly path: RegExp;
  /** Rooms; `*` is every room of the server's side. */
  readonly rooms: readonly string[];
  /** Modules from npm and of Node; `*` is any, `node:*` any of Node. */
  readonly modules: readonly string[];
}

const values = ["wire", "config", "secrets", "mask"];

export const rooms: readonly Room[] = [
  { name: "example", path: /\.example\.ts$/, rooms: [], modules: ["strongroom"] },
  { name: "wire", path: /^wire\//, rooms: [], modules: [] },
  { name: "schema", path: /^elements\/.*\.schema\.ts$/, rooms: ["wire"], modules: [] },
  { name: "view", path: /^elements\/.*\.view\.tsx$/, rooms: ["schema", "browser", "wire"], modules: ["*"] },
  { name: "views", path: /^elements\/views\.ts$/, rooms: ["view", "schema", "browser", "wire"], modules: [] },
  { name: "style", path: /\.css$/, rooms: [], modules: [] },
  { name: "function", path: /^elements\//, rooms: ["schema", "worker", "wire"], modules: ["node:*"] },
  {
    name: "compile",
    path: /^worker\/compile\//,
    rooms: ["config", "wire"],
    modules: ["node:*", "acorn", "chokidar", "esbuild"],
  },
  {
    name: "reader",
    path: /^worker\/reader\//,
    rooms: ["wire", "worker"],
    modules: ["node:*", "papaparse", "hyparquet", "@e965/xlsx"],
  },
  {
    name: "worker",
    path: /^worker\//,
    rooms: ["schema", "config", "wire", "mask"],
    modules: ["node:*"],
  },
  {
    name: "gateway",
    path: /^gateway\//,
    rooms: ["schema", ...values],
    modules: ["node:*", "ws", "openid-client", "jose", "pino", "prom-client", "@opentelemetry/api"],
  },
  {
    name: "broker",
    path: /^broker\//,
    rooms: values,
    modules: ["node:*", "pg", "pg-cursor", "mysql2", "@duckdb/node-api"],
  },
  { name: "browser", path: /^browser\//, rooms: ["views", "schema", "wire"], modules: ["*"] },
  { name: "config", path: /^config\//, rooms: ["wire"], modules: ["node:*", "smol-toml"] },
  // What hides secrets reads none: each process has it, for those that it knows.
  {
    name: "mask",
    path: /^secrets\/(mask|finder|forms|escapes|encodings)\.ts$/,
    rooms: ["wire"],
    modules: [],
  },
  {
    name: "secrets",
    path: /^secrets\//,
    rooms: ["config", "wire", "mask"],
    modules: ["node:*", "smol-toml", "age-encryption"],
  },
  { name: "testing", path: /^testing\//, rooms: ["*"], modules: ["node:*"] },
  {
    name: "cli",
    path: /^cli\//,
    rooms: ["*"],
    modules: ["node:*", "chokidar", "esbuild", "smol-toml", "pino", "ws"],
  },
  { name: "door", path: /^[^/]+\.ts$/, rooms: ["function", "worker", "schema", "wire"], modules: [] },
];

/** The rooms whose code runs in a browser: no `*` includes them, and they never see a module of Node. */
export const browserRooms: readonly string[] = ["view", "views", "browser", "style"];
