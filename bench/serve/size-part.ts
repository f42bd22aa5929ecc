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

const sizesOf = async (name: string, entry: Entry): Promise<readonly (readonly string[])[]> => {
  const sizes: readonly (readonly [string, Size | undefined])[] = [
    ["as wrangler uploads it (deploy --dry-run)", await bundleWithWrangler(entry)],
    ["by esbuild alone, as the other parts run it", sizeOf(await bundleAsDeployed(entry))],
    ["the same, not minified", sizeOf(await bundleWorker(false, entry))],
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
export const sizePart: Part = async () => {
  const sizes = await Promise.all(ENTRIES.map(([name, entry]) => sizesOf(name, entry)));
  return `## Size of the workers

The code alone; the compiled publication is uploaded beside it. Only the newsroom compiles stories and has the publish API. Cloudflare's
limit is 3 MB after gzip on the free plan.
Goal: under 250 KB after gzip each, as wrangler uploads it.

${table(["bundle", "bytes", "gzip"], sizes.flat())}

${table(["what is in it (not minified), and what for", ...ENTRIES.map(([name]) => name)], await contentRows())}
`;
};
