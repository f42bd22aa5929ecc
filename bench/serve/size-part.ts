import { kilobytes } from "../report/numbers.ts";
import type { Part } from "../report/part.ts";
import { table } from "../report/table.ts";
import { type Bundle, bundleAsDeployed, bundleWorker, type Entry } from "./bundle.ts";
import { contentsOf } from "./contents.ts";
import { bundleWithWrangler, type Size } from "./wrangler-bundle.ts";

const ENTRIES: readonly (readonly [name: string, entry: Entry])[] = [
  ["reading worker", "src/worker.ts"],
  ["newsroom", "src/newsroom-worker.ts"],
  ["a worker that mounts a Feed", "bench/serve/mounted-worker.ts"],
];

const sizeOf = ({ code, gzipped }: Bundle): Size => ({ bytes: Buffer.byteLength(code), gzipped });

const sizesOf = async (name: string, entry: Entry, root?: string): Promise<readonly (readonly string[])[]> => {
  const sizes: readonly (readonly [string, Size | undefined])[] = [
    ["as wrangler uploads it (deploy --dry-run)", await bundleWithWrangler(entry, root)],
    ["by esbuild alone, as the other parts run it", sizeOf(await bundleAsDeployed(entry, root))],
    ["the same, not minified", sizeOf(await bundleWorker(false, entry, root))],
  ];
  return sizes.map(([bundle, size]) => [
    `${name}: ${bundle}`,
    ...(size ? [kilobytes(size.bytes), kilobytes(size.gzipped)] : ["n/a", "n/a"]),
  ]);
};

/** The contents of the workers, one row for each share of any of them, the newsroom's first. */
const contentRows = async (): Promise<readonly (readonly string[])[]> => {
  const workers = await Promise.all(ENTRIES.map(async ([, entry]) => contentsOf(await bundleWorker(false, entry))));
  const [, newsroom = [], mounted = []] = workers;
  const names = new Set([...newsroom, ...mounted].map(({ name }) => name));
  const purposeOf = (name: string) => [...newsroom, ...mounted].find((share) => share.name === name)?.purpose;
  const bytesIn = (worker: (typeof workers)[number], name: string): string => {
    const share = worker.find((one) => one.name === name);
    return share === undefined ? "" : kilobytes(share.bytes);
  };
  return [...names].map((name) => [`${name}: ${purposeOf(name)}`, ...workers.map((worker) => bytesIn(worker, name))]);
};

/** How large the workers are, and what they consist of. */
export const sizePart: Part = async ({ before }) => {
  const sizes = await Promise.all([
    ...ENTRIES.map(([name, entry]) => sizesOf(name, entry)),
    ...(before === undefined ? [] : [sizesOf("before", "src/worker.ts", before)]),
  ]);
  return `## Size of the workers

The code alone; the compiled publication is uploaded beside it. Only the newsroom, which has the publish API, and a worker that mounts a
Feed of the package feed, compile stories. Cloudflare's
limit is 3 MB after gzip on the free plan.
Goal: at most 95 kB after gzip for the reading worker and 353 kB for the newsroom, as wrangler uploads them.

${table(["bundle", "bytes", "gzip"], sizes.flat())}

${table(["what is in it (not minified), and what for", ...ENTRIES.map(([name]) => name)], await contentRows())}
`;
};
