// The kinds of tests, one project each. `npm test` runs unit, contract, e2e and browser; load,
// gateway and chaos are run by their own scripts.
import { createRequire } from "node:module";
import { defineConfig } from "vitest/config";
import { ByDuration } from "./tests/sequencer.ts";

// Vite would load a second copy of graphql (its .mjs), and graphql refuses the types of another
// copy.
const graphql = createRequire(import.meta.url).resolve("graphql");

export default defineConfig({
  resolve: { alias: [{ find: /^graphql$/, replacement: graphql }] },
  test: {
    passWithNoTests: true,
    pool: "forks",
    // A process for each file would cost a quarter of all the work. Two at once, on two cores too:
    // many files wait more than they compute.
    isolate: false,
    setupFiles: ["tests/kit/fresh-file.ts"],
    maxWorkers: 2,
    // The machine may be slow. A condition that must come sooner has a timeout of its own.
    expect: { poll: { timeout: 20_000 } },
    // The stack stops, and its logs are searched for secrets.
    teardownTimeout: 60_000,
    sequence: { sequencer: ByDuration },
    env: { NODE_ENV: "test", APOLLO_TELEMETRY_DISABLED: "true" },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: [
            "{kit,router,schema,local,ops,subgraphs,bench}/**/*.test.ts",
            "clients/**/*.test.ts",
            "tests/kit/**/*.test.ts",
            "tests/*.test.ts",
          ],
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "contract",
          include: ["tests/contract/**/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: "e2e",
          include: ["tests/e2e/**/*.test.ts", "tests/security/**/*.test.ts"],
          globalSetup: ["tests/kit/global-setup.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: "browser",
          include: ["tests/browser/**/*.test.ts"],
          globalSetup: ["tests/kit/global-setup.ts", "tests/browser/setup.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: "gateway",
          include: ["tests/gateway/**/*.test.ts"],
          globalSetup: ["tests/kit/global-setup.ts"],
          testTimeout: 60_000,
          // The first run installs the gateway.
          hookTimeout: 600_000,
        },
      },
      // Each file has, and kills, a stack of its own.
      ...["load", "chaos"].map((name) => ({
        extends: true as const,
        test: {
          name,
          include: [`tests/${name}/**/*.test.ts`],
          isolate: true,
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      })),
    ],
  },
});
