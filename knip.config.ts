import type { KnipConfig } from "knip";

const config: KnipConfig = {
  workspaces: {
    ".": {
      entry: ["tools/*.ts", "tools/**/*.test.ts", "tests/**/*.ts", "examples/**/*.ts"],
      project: ["tools/**/*.{ts,mjs}", "tests/**/*.ts", "examples/**/*.ts"],
      // Started by their path, not imported.
      ignoreBinaries: [
        "age",
        "apt-get",
        "mount",
        "umount",
        "openssl",
        "script",
        "sqlmap",
        "testssl",
        "taskset",
        "unshare",
      ],
      ignoreDependencies: [
        "oxfmt",
        "oxlint",
        "oxlint-tsgolint",
        "@fontsource-variable/*",
        "vega-datasets",
        "@duckdb/node-api",
        "@types/pg",
        "mysql2",
        "pg",
        "pg-cursor",
        "@e965/xlsx",
        "temml",
      ],
    },
    "packages/strongroom": {
      entry: [
        "bin/*.mjs",
        "src/st.ts",
        "src/cli/main.ts",
        "src/testing/testing.ts",
        "src/**/*-main.ts",
        "src/browser/{main,render}.tsx",
        "src/browser/first-script.ts",
        "src/browser/beside.ts",
        "src/**/*.{test,example}.ts",
      ],
      project: ["src/**/*.{ts,tsx}"],
      // Drivers are optional: the broker names their types, and loads them by their names.
      ignoreDependencies: ["@duckdb/node-api", "mysql2", "pg"],
    },
  },
  // One module says what may cross; who reads only a part of it is no reason to hide the rest.
  ignoreExportsUsedInFile: true,
};

export default config;
