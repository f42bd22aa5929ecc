import { kilobytes } from "../report/numbers.ts";
import type { Part } from "../report/part.ts";
import { table } from "../report/table.ts";
import { type Bundle, bundleAsDeployed, bundleWorker } from "./bundle.ts";
import { contentsOf } from "./contents.ts";
import { bundleWithWrangler, type Size } from "./wrangler-bundle.ts";

const sizeOf = ({ code, gzipped }: Bundle): Size => ({ bytes: Buffer.byteLength(code), gzipped });

/** How large the worker is, and what makes it so. */
export const sizePart: Part = async () => {
  const plain = await bundleWorker(false);
  const sizes: readonly (readonly [string, Size | undefined])[] = [
    ["as wrangler uploads it (deploy --dry-run)", await bundleWithWrangler()],
    ["by esbuild alone, as the other parts run it", sizeOf(await bundleAsDeployed())],
    ["the same, not minified", sizeOf(plain)],
  ];
  return `## Size of the worker

The code alone; the compiled publication is uploaded beside it. The newsroom's text pipeline is in it too, as one worker serves
both stores. Cloudflare's limit is 3 MB after gzip on the free plan.
Goal: under 250 KB after gzip in all, as wrangler uploads it.

${table(
  ["bundle", "bytes", "gzip"],
  sizes.map(([name, size]) => [name, ...(size ? [kilobytes(size.bytes), kilobytes(size.gzipped)] : ["n/a", "n/a"])]),
)}

${table(
  ["what is in it (not minified), and what for", "bytes"],
  contentsOf(plain).map(({ name, purpose, bytes }) => [`${name}: ${purpose}`, kilobytes(bytes)]),
)}
`;
};
