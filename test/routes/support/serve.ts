import { waitUntil } from "cloudflare:workers";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { createWorker } from "../../../src/app/create-worker.ts";
import type { Env } from "../../../src/app/environment.ts";
import type { Platform } from "../../../src/app/platform.ts";
import { createRouter } from "../../../src/routes/router.ts";
import type { Assets, Site } from "../../../src/routes/site.ts";
import { compileText, type Files, ORIGIN } from "../../fixtures/publication.ts";

/** A clock that tests set. */
export interface Clock {
  now: number;
}

/** A worker with a site that tests send requests to. */
export interface ServedSite {
  readonly clock: Clock;
  readonly fetch: (path: string, init?: RequestInit) => Promise<Response>;
}

/** How a site is served. */
export interface ServeOptions {
  readonly now: number;
  /** When this version was deployed; if it is absent, there is no version binding. */
  readonly deployed?: number;
  readonly assets?: Assets;
  readonly siteUrl?: string;
  readonly openEdgeCache?: Platform["openEdgeCache"];
  /** More bindings, such as limits. */
  readonly bindings?: Partial<Env>;
}

/**
 * A binding ASSETS that answers as Cloudflare's: bytes in chunks, with a strong entity tag and a type by the file's
 * name.
 */
export const assetsOf = (files: Files): Assets => ({
  async fetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    const request = new Request(input, init);
    const path = decodeURIComponent(new URL(request.url).pathname.slice(1));
    const file = Object.hasOwn(files, path) ? files[path] : undefined;
    if (file === undefined) return new Response(null, { status: 404 });
    const headers = {
      etag: `"${path.length}-${file.length}"`,
      "content-type": "application/x-by-name",
      "cache-control": "public, max-age=0, must-revalidate",
      "cf-cache-status": "MISS",
    };
    return new Response(request.method === "HEAD" ? null : chunksOf(file), { headers });
  },
});

/** Bytes as a stream of small chunks. */
export const chunksOf = (file: string | Uint8Array, size = 1000): ReadableStream<Uint8Array> => {
  const bytes = typeof file === "string" ? new TextEncoder().encode(file) : file;
  let position = 0;
  return new ReadableStream({
    pull(controller) {
      if (position >= bytes.length) controller.close();
      else controller.enqueue(bytes.slice(position, position + size));
      position += size;
    },
  });
};

const routers = new WeakMap<Site, ReturnType<typeof createRouter>>();

/** Sends a request to a site without routes for subscribers and editors. */
export const fetchFrom = (site: Site, request: Request): Promise<Response> => {
  const router = routers.get(site) ?? createRouter({ site });
  routers.set(site, router);
  return router.fetch(request);
};

/** Serves a compiled publication, as `compileText` returns it. */
export const serveText = (
  text: string,
  { now, deployed, assets = assetsOf({}), siteUrl, openEdgeCache, bindings }: ServeOptions,
): ServedSite => {
  const clock = { now };
  const worker = createWorker(text, { now: () => clock.now, waitUntil, ...(openEdgeCache && { openEdgeCache }) });
  const env: Env = {
    ASSETS: assets,
    ...(siteUrl !== undefined && { SITE_URL: siteUrl }),
    ...(deployed !== undefined && {
      VERSION: { id: `version-${deployed}`, tag: "", timestamp: new Date(deployed).toISOString() },
    }),
    ...bindings,
  };
  return { clock, fetch: (path, init) => worker.fetch(new Request(ORIGIN + path, init), env) };
};

/** Compiles a content/ folder and serves it with its media files. */
export const serveFiles = async (files: Files, options: ServeOptions): Promise<ServedSite> =>
  serveText(await compileText(files), { assets: assetsOf(files), ...options });

/** The headers of a response as an object. */
export const headersOf = (response: Response): Readonly<Record<string, string>> => Object.fromEntries(response.headers);

/** The sum of the seconds in all directives of a response's Cache-Control. */
export const secondsOf = (response: Response): number =>
  Array.from((response.headers.get("cache-control") ?? "").matchAll(/=(\d+)/g), ([, seconds]) =>
    Number(seconds),
  ).reduce((sum, seconds) => sum + seconds, 0);

/** The text of a response, with its content-coding decoded. */
export const decodedText = async (response: Response): Promise<string> => {
  const bytes = await response.bytes();
  const coding = response.headers.get("content-encoding");
  if (coding === "gzip") return new TextDecoder().decode(gunzipSync(bytes));
  return new TextDecoder().decode(coding === "br" ? brotliDecompressSync(bytes) : bytes);
};
