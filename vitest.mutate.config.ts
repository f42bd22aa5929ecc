import { defineConfig } from "vitest/config";

// For `npm run mutate`, which knows one project only: the tests that run in Node, without those that start processes,
// change the current folder, read the project's own files, or take seconds each. CONTRIBUTING.md says how to use it.
const folders = "catalog,content,formats,http,interop,lib,model,outbound,push,schedule,store";
const slow = ["test/**/properties.test.ts", "test/content/{cases.test.ts,body/{complexity,limits}/**}"];
const workerdOnly = [
  "test/http/**",
  "test/push/{hub/**/*,shard/{count-tracker,identity,record-outcomes,schema,subscriptions,topic-shard,verification-queue}}.test.ts",
];

export default defineConfig({
  test: {
    include: [`test/{${folders}}/**/*.test.ts`, "test/cli/newsroom/**/*.test.ts"],
    exclude: [...slow, ...workerdOnly, "test/{lib/schema-steps,schedule/scheduler}.test.ts"],
    testTimeout: 600_000,
  },
});
