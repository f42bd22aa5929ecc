import { spawnSync } from "node:child_process";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { type BuildOptions, build, type Metafile } from "esbuild";
import { aliasesIn, ROOT } from "../bench/serve/bundle.ts";
import { keepReachableTypes } from "./package/reachable-types.ts";
import { thirdPartyText } from "./package/third-party.ts";

// Makes dist/, which is what the package has: bundles without dependencies, types, and the licences of what is bundled.

const DIST = join(ROOT, "dist");

/** What esbuild says of the two bundles, for tests. */
const METAFILES = join(ROOT, "build/package");

const common = {
  ...{ bundle: true, splitting: true, format: "esm", outdir: DIST, absWorkingDir: ROOT, logLevel: "warning" },
  metafile: true,
} as const satisfies BuildOptions;

const exported = (await readdir(join(ROOT, "src/exports"))).map((file) => basename(file, ".ts"));

const bundleModules = async (): Promise<Metafile> => {
  const { metafile } = await build({
    ...common,
    entryPoints: {
      index: "src/index.ts",
      ...Object.fromEntries(exported.map((name) => [name, `src/exports/${name}.ts`])),
    },
    platform: "neutral",
    target: "es2024",
    mainFields: ["module", "main"],
    conditions: ["workerd", "worker", "browser"],
    external: ["cloudflare:*", "node:*"],
    chunkNames: "shared/[hash]",
    alias: await aliasesIn(ROOT),
  });
  return metafile;
};

const bundleProgram = async (): Promise<Metafile> => {
  const { metafile } = await build({
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
  return metafile;
};

await rm(DIST, { recursive: true, force: true });
const metafiles = { modules: await bundleModules(), program: await bundleProgram() };

await mkdir(METAFILES, { recursive: true });
for (const [name, metafile] of Object.entries(metafiles))
  await writeFile(join(METAFILES, `${name}.json`), JSON.stringify(metafile));

await writeFile(join(DIST, "THIRD-PARTY-LICENSES.txt"), await thirdPartyText(Object.values(metafiles), ROOT));

const { status } = spawnSync("tsc", ["-p", "tsconfig.package.json"], { cwd: ROOT, stdio: "inherit" });
await keepReachableTypes(join(DIST, "types"), ["index.d.ts", ...exported.map((name) => `exports/${name}.d.ts`)]);
process.exitCode = status ?? 1;
