import { kilobytes } from "../report/numbers.ts";
import type { Part } from "../report/part.ts";
import { table } from "../report/table.ts";
import { type Bundle, bundleAsDeployed, bundleWorker, type Entry } from "./bundle.ts";
import { contentsOf } from "./contents.ts";
import { bundleWithWrangler, type Size } from "./wrangler-bundle.ts";

const ENTRIES: readonly (readonly [name: string, entry: Entry])[] = [
  ["reading worker", "src/worker.ts"],
  ["newsroom", "src/newsroom-worker.ts"],
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

/** The contents of both workers, one row for each share of the newsroom, which has all of the other's. */
const contentRows = async (): Promise<readonly (readonly string[])[]> => {
  const [reading = [], newsroom = []] = await Promise.all(
    ENTRIES.map(async ([, entry]) => contentsOf(await bundleWorker(false, entry))),
  );
  return newsroom.map(({ name, purpose, bytes }) => {
    const inReading = reading.find((share) => share.name === name);
    return [`${name}: ${purpose}`, inReading === undefined ? "" : kilobytes(inReading.bytes), kilobytes(bytes)];
  });
};

/** How large the workers are, and what they consist of. */
export const sizePart: Part = async ({ before }) => {
  const sizes = await Promise.all([
    ...ENTRIES.map(([name, entry]) => sizesOf(name, entry)),
    ...(before === undefined ? [] : [sizesOf("before", "src/worker.ts", before)]),
  ]);
  return `## Size of the workers

The code alone; the compiled publication is uploaded beside it. Only the newsroom compiles stories and has the publish API. Cloudflare's
limit is 3 MB after gzip on the free plan.
Goal: at most 60 kB after gzip for the reading worker and 250 kB for the newsroom, as wrangler uploads them.

${table(["bundle", "bytes", "gzip"], sizes.flat())}

${table(["what is in it (not minified), and what for", ...ENTRIES.map(([name]) => name)], await contentRows())}
`;
};
