import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { type BuildOptions, build } from "esbuild";
import { aliasesIn, ROOT } from "../bench/serve/bundle.ts";

// Makes dist/, which is what the package has: bundles without dependencies, and types.

const DIST = join(ROOT, "dist");

const common = {
  ...{ bundle: true, splitting: true, format: "esm", outdir: DIST, absWorkingDir: ROOT, logLevel: "warning" },
} as const satisfies BuildOptions;

rmSync(DIST, { recursive: true, force: true });

await build({
  ...common,
  entryPoints: { index: "src/index.ts", newsroom: "src/exports/newsroom.ts" },
  platform: "neutral",
  target: "es2024",
  mainFields: ["module", "main"],
  conditions: ["workerd", "worker", "browser"],
  external: ["cloudflare:*", "node:*"],
  chunkNames: "worker/[hash]",
  alias: await aliasesIn(ROOT),
});

await build({
  ...common,
  entryPoints: { feedwright: "src/cli/bin.ts" },
  platform: "node",
  target: "node20",
  external: ["wrangler"],
  chunkNames: "cli/[hash]",
  // Packages in CommonJS ask for modules of Node by `require`.
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
});

const { status } = spawnSync("tsc", ["-p", "tsconfig.package.json"], { cwd: ROOT, stdio: "inherit" });
process.exitCode = status ?? 1;
