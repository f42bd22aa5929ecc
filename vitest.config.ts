import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

// What runs on Cloudflare is tested inside workerd; what a publisher runs at home, in Node.
// The compiler runs in both places, and so do its tests.
const workerd = ["test/worker.test.ts", "test/{http,routes,editions,pages,push/objects}/**/*.test.ts"];
const newsroom = ["test/newsroom/**/*.test.ts"];
const both = ["test/content/**/*.test.ts"];

export default defineConfig({
  test: {
    // By itself it would leave one of two cores to nobody; and some tests mostly wait.
    maxWorkers: 3,
    projects: [
      {
        test: {
          name: "node",
          include: ["test/**/*.test.ts"],
          exclude: [...workerd, ...newsroom],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        plugins: [cloudflareTest({ wrangler: { configPath: "./wrangler.toml" } })],
        test: {
          name: "workerd",
          include: [...workerd, ...both],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          isolate: false,
        },
      },
      {
        plugins: [cloudflareTest({ wrangler: { configPath: "./wrangler.toml", environment: "newsroom" } })],
        test: { name: "newsroom", include: newsroom, testTimeout: 120_000, hookTimeout: 120_000, isolate: false },
      },
    ],
  },
});
