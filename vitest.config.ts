import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const source = (path: string): string =>
  fileURLToPath(new URL(`packages/strongroom/src/${path}`, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^strongroom$/, replacement: source("st.ts") },
      { find: /^strongroom\/testing$/, replacement: source("testing/testing.ts") },
    ],
  },
  test: {
    include: [
      "packages/**/*.test.{ts,tsx}",
      "tests/{check,connections,e2e,hostile,identity,install,mutations,offline}/**/*.test.ts",
    ],
    exclude: ["**/node_modules/**", "**/dist/**"],
    passWithNoTests: true,
    // Much of the time is waiting for processes: one file at a time would leave a core of two idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // A limit ends what hangs; no test may pass or fail by how fast a machine is.
    testTimeout: 90_000,
    hookTimeout: 90_000,
    teardownTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
    css: { modules: { classNameStrategy: "non-scoped" } },
  },
});
