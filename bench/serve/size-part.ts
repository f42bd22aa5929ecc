import { kilobytes } from "../report/numbers.ts";
import type { Part } from "../report/part.ts";
import { table } from "../report/table.ts";
import { type Bundle, bundleWorker } from "./bundle.ts";

const CONTRIBUTORS = 12;

/** `src/http/date.ts` counts as `src/http`, a package as itself. */
const groupOf = (path: string): string =>
  /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? path.split("/").slice(0, -1).join("/");

const grouped = ({ sources }: Bundle): readonly (readonly [string, number])[] => {
  const sums = new Map<string, number>();
  for (const [path, bytes] of sources) sums.set(groupOf(path), (sums.get(groupOf(path)) ?? 0) + bytes);
  return [...sums].sort(([, a], [, b]) => b - a);
};

/** How large the worker is, and what makes it so. */
export const sizePart: Part = async () => {
  const [plain, minified] = [await bundleWorker(false), await bundleWorker(true)];
  const sizes = [
    ["as wrangler uploads it", plain],
    ["minified", minified],
  ] as const;
  return `## Size of the worker

The code alone; the compiled publication is uploaded beside it. Cloudflare's limit is 3 MB after gzip on the free plan.

${table(
  ["bundle", "bytes", "gzip"],
  sizes.map(([name, { code, gzipped }]) => [name, kilobytes(Buffer.byteLength(code)), kilobytes(gzipped)]),
)}

${table(
  ["what is in it (not minified)", "bytes"],
  grouped(plain)
    .slice(0, CONTRIBUTORS)
    .map(([name, bytes]) => [name, kilobytes(bytes)]),
)}
`;
};
