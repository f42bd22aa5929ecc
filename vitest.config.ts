import { tmpdir } from "node:os";
import { join } from "node:path";
import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

// What runs on Cloudflare is tested inside workerd; what a publisher runs at home, in Node.
// The compiler runs in both places, and so do its tests; but the limits of a body count characters, which is the same anywhere.
const workerd = [
  "test/worker.test.ts",
  "test/{app,http,routes,editions,pages}/**/*.test.ts",
  "test/push/{hub/**/*,shard/{count-tracker,identity,record-outcomes,schema,subscriptions,topic-shard,verification-queue}}.test.ts",
  "test/{lib/schema-steps,schedule/scheduler,usage/usage-object,usage/counted-once}.test.ts",
];
const newsroom = ["test/newsroom/**/*.test.ts"];
const both = ["test/content/**/*.test.ts"];

/** Those that run wrangler take longest, the longest first: whoever waits for one of them at the end waits for nothing else. */
const LONG = [
  "test/end-to-end/many-subscribers",
  "test/end-to-end/hub",
  "test/end-to-end/package",
  "test/end-to-end/newsroom",
  "test/end-to-end/partners",
  "test/newsroom/named-feeds",
  "test/newsroom/partner-feeds",
  "test/cost/compile-steps",
  "test/newsroom/races",
  "test/readme",
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const placeOf = ({ moduleId }: TestSpecification): number => {
      const place = LONG.findIndex((one) => moduleId.includes(`${one}.test.ts`));
      return place === -1 ? LONG.length : place;
    };
    return (await super.sort(files)).toSorted((a, b) => placeOf(a) - placeOf(b));
  }
}

/** Time for a busy machine; and each file in a process of its own would take a fifth longer. */
const everywhere = { testTimeout: 600_000, hookTimeout: 600_000, isolate: false };

/** Inside workerd Vitest's own console may hang the run (test/newsroom/late-log.test.ts); workerd's prints the same. */
const inWorkerd = {
  ...everywhere,
  disableConsoleIntercept: true,
  setupFiles: "test/support/quiet-bindings.ts",
};

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    // By itself it would leave one of two cores to nobody; and some tests mostly wait.
    maxWorkers: 4,
    projects: [
      {
        test: {
          name: "node",
          include: ["test/**/*.test.ts"],
          exclude: [...workerd, ...newsroom, "test/browser/**"],
          ...everywhere,
          // The commands that tests run start faster when Node has compiled them before.
          env: { NODE_COMPILE_CACHE: join(tmpdir(), "node-compile-cache") },
        },
      },
      {
        plugins: [cloudflareTest({ wrangler: { configPath: "./wrangler.toml" } })],
        test: {
          name: "workerd",
          include: [...workerd, ...both],
          exclude: ["test/content/body/limits/**"],
          ...inWorkerd,
        },
      },
      {
        plugins: [cloudflareTest({ wrangler: { configPath: "./wrangler.toml", environment: "newsroom" } })],
        test: { name: "newsroom", include: newsroom, ...inWorkerd },
      },
      {
        // tsc alone runs these.
        test: { name: "types", typecheck: { enabled: true, only: true, include: ["test/types/*.test-d.ts"] } },
      },
    ],
  },
});
