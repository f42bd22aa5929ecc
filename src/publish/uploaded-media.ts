import { uploadedAt } from "../store/store.ts";
import type { MediaBucket } from "./media-bucket.ts";

/** The part of ASSETS that serves media. */
interface Assets {
  fetch(request: Request): Promise<Response>;
}

const UPLOADED = `/${uploadedAt("")}`;

/** Uploaded files from a bucket, and the others from what was deployed with the worker. */
export const assetsBefore = (bucket: MediaBucket, deployed: Assets): Assets => ({
  async fetch(request) {
    const { pathname } = new URL(request.url);
    if (!pathname.startsWith(UPLOADED)) return deployed.fetch(request);
    const object = await bucket.get(pathname.slice(1));
    if (object === null) return new Response(null, { status: 404 });
    return new Response(object.body, { headers: { etag: object.httpEtag, "content-length": String(object.size) } });
  },
});
