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
    testTimeout: 15_000,
    css: { modules: { classNameStrategy: "non-scoped" } },
  },
});
