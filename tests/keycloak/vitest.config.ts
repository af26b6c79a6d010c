import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** By `npm run test:keycloak`: a server of 170 MB that needs Java is no part of all tests. */
export default defineConfig({
  root: fileURLToPath(new URL("../..", import.meta.url)),
  test: { include: ["tests/keycloak/**/*.test.ts"], testTimeout: 60_000, hookTimeout: 600_000 },
});
