import { defineConfig } from "vitest/config";

// `npm run test:browser`: apart from `npm test`, since it takes browsers that npm does not install.
export default defineConfig({
  root: import.meta.dirname,
  test: {
    name: "browser",
    include: ["**/*.test.ts"],
    globalSetup: "serve-publications.ts",
    testTimeout: 600_000,
    hookTimeout: 600_000,
    // Each file of pages has a browser of its own, with one window: only one has the focus.
    maxWorkers: 4,
  },
});
