import type { MediaBucket } from "./media-bucket.ts";

/** The part of ASSETS that serves media. */
interface Assets {
  fetch(request: Request): Promise<Response>;
}

const pathOf = (url: string): string | undefined => {
  try {
    return decodeURIComponent(new URL(url).pathname.slice(1));
  } catch {
    return undefined;
  }
};

/** Media files from a bucket, and those of `deployedPaths` from what was deployed with the worker. */
export const assetsBefore = (bucket: MediaBucket, deployed: Assets, deployedPaths: readonly string[]): Assets => ({
  async fetch(request) {
    const path = pathOf(request.url);
    const object = path === undefined || deployedPaths.includes(path) ? null : await bucket.get(path);
    if (object === null) return deployed.fetch(request);
    return new Response(object.body, { headers: { etag: object.httpEtag, "content-length": String(object.size) } });
  },
});
