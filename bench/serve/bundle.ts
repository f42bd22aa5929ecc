import { readFile } from "node:fs/promises";
import { fileURLToPath, URL } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/** Our worker as one module. It imports `./publication.txt`. */
export interface Bundle {
  readonly code: string;
  /** Bytes after gzip, as Cloudflare counts a worker's size. */
  readonly gzipped: number;
  /** Bytes that each source file adds to it, by path. */
  readonly sources: ReadonlyMap<string, number>;
}

/** The repository's root. */
export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** An entry: the reading worker, the newsroom, or a worker that mounts a Feed. */
export type Entry = "src/worker.ts" | "src/newsroom-worker.ts" | "bench/serve/mounted-worker.ts";

/** The modules that wrangler.toml of a checkout replaces by others. */
export const aliasesIn = async (root: string): Promise<Record<string, string>> => {
  const settings = await readFile(`${root}/wrangler.toml`, "utf8");
  const [, section = ""] = /^\[alias\]\n((?:.+\n)*)/m.exec(settings) ?? [];
  return Object.fromEntries(
    Array.from(section.matchAll(/^"(.+)" = "(.+)"$/gm), ([, name = "", path = ""]) => [name, path]),
  );
};

/** Bundles an entry of a checkout as wrangler does (esbuild), but without the publication. */
export const bundleWorker = async (
  isMinified: boolean,
  entry: Entry = "src/worker.ts",
  root: string = ROOT,
): Promise<Bundle> => {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    format: "esm",
    target: "es2024",
    conditions: ["workerd", "worker", "browser"],
    external: ["cloudflare:*", "node:*"],
    alias: await aliasesIn(root),
    minify: isMinified,
    logLevel: "silent",
    plugins: [
      {
        name: "publication",
        setup: ({ onResolve }) => {
          onResolve({ filter: /\/publication\.txt$/ }, () => ({ path: "./publication.txt", external: true }));
        },
      },
    ],
  });
  const code = outputFiles[0]?.text ?? "";
  const inputs = Object.values(metafile.outputs)[0]?.inputs ?? {};
  return {
    code,
    gzipped: gzipSync(code).byteLength,
    sources: new Map(Object.entries(inputs).map(([path, { bytesInOutput }]) => [path, bytesInOutput])),
  };
};

const settings = (): Promise<string> => readFile(`${ROOT}/wrangler.toml`, "utf8");

/** The bundle that the other parts run: minified if wrangler.toml says so, as in a deployment. */
export const bundleAsDeployed = async (entry?: Entry, root?: string): Promise<Bundle> =>
  bundleWorker(/^minify = true$/m.test(await settings()), entry, root);

/** The compatibility flags that wrangler.toml names. */
export const compatibilityFlags = async (): Promise<string[]> => {
  const list = /^compatibility_flags = \[(.*)\]/m.exec(await settings())?.[1] ?? "";
  return Array.from(list.matchAll(/"(.*?)"/g), ([, flag = ""]) => flag);
};

/** The compatibility date that wrangler.toml names. */
export const compatibilityDate = async (): Promise<string> => {
  const date = /^compatibility_date = "([\d-]+)"/m.exec(await settings())?.[1];
  if (date === undefined) throw new Error("wrangler.toml names no compatibility_date.");
  return date;
};
