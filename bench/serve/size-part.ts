import { kilobytes } from "../report/numbers.ts";
import type { Part } from "../report/part.ts";
import { table } from "../report/table.ts";
import { type Bundle, bundleWorker } from "./bundle.ts";
import { bundleWithWrangler, type Size } from "./wrangler-bundle.ts";

const CONTRIBUTORS = 12;

/** What each part is there for. */
const PURPOSES: ReadonlyMap<string, string> = new Map([
  ["src", "the entry, and the gate that decides what readers may see now"],
  ["src/routes", "every URL and its answer, redirects, errors"],
  ["src/formats", "RSS, Atom and JSON Feed with their extensions"],
  ["src/http", "conditional requests, negotiation, ranges, dates, caching"],
  ["src/editions", "feeds from fragments, codings, deltas, bounded memory"],
  ["src/pages", "pages for people, and the style sheet"],
  ["src/store", "where stories are, by scope and date"],
  ["src/model", "items, views, addresses, visibility"],
  ["itty-router", "matching paths with routes"],
]);

/** `src/http/date.ts` counts as `src/http`, a package as itself. */
const groupOf = (path: string): string =>
  /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? path.split("/").slice(0, -1).join("/");

const grouped = ({ sources }: Bundle): readonly (readonly [string, number])[] => {
  const sums = new Map<string, number>();
  for (const [path, bytes] of sources) sums.set(groupOf(path), (sums.get(groupOf(path)) ?? 0) + bytes);
  return [...sums].sort(([, a], [, b]) => b - a);
};

const sizeOf = ({ code, gzipped }: Bundle): Size => ({ bytes: Buffer.byteLength(code), gzipped });

/** How large the worker is, and what makes it so. */
export const sizePart: Part = async () => {
  const plain = await bundleWorker(false);
  const sizes: readonly (readonly [string, Size | undefined])[] = [
    ["as wrangler uploads it (deploy --dry-run)", await bundleWithWrangler()],
    ["by esbuild alone, as the other parts run it", sizeOf(plain)],
    ["the same, minified", sizeOf(await bundleWorker(true))],
  ];
  return `## Size of the worker

The code alone; the compiled publication is uploaded beside it. Cloudflare's limit is 3 MB after gzip on the free plan.
Goal: under 80 KB after gzip.

${table(
  ["bundle", "bytes", "gzip"],
  sizes.map(([name, size]) => [name, ...(size ? [kilobytes(size.bytes), kilobytes(size.gzipped)] : ["n/a", "n/a"])]),
)}

${table(
  ["what is in it (not minified), and what for", "bytes"],
  grouped(plain)
    .slice(0, CONTRIBUTORS)
    .map(([name, bytes]) => [[name, PURPOSES.get(name) ?? []].flat().join(": "), kilobytes(bytes)]),
)}
`;
};
