import { Unavailable, withTimeout } from "../../lib/with-timeout.ts";
import { UPLOADED } from "../../store/store.ts";

/** Where the bytes of uploaded files lie. Every method fails as Unavailable where the bucket does not answer. */
export interface MediaBucket {
  put(object: string, bytes: Uint8Array): Promise<void>;
  get(object: string): Promise<R2ObjectBody | null>;
  /** Deletes objects, a thousand at most. */
  delete(objects: readonly string[]): Promise<void>;
}

/** Milliseconds. */
const TIMEOUT_MS = 10_000;

const answered = async <Value>(work: Promise<Value>): Promise<Value> => {
  try {
    return await withTimeout(work, TIMEOUT_MS);
  } catch (error) {
    throw error instanceof Unavailable ? error : new Unavailable("the bucket failed", { cause: error });
  }
};

/** An R2 bucket for media files. */
export const openMediaBucket = (bucket: Pick<R2Bucket, "delete" | "get" | "put">): MediaBucket => ({
  async put(object, bytes) {
    await answered(bucket.put(object, bytes));
  },
  get: (object) => answered(bucket.get(object)),
  delete: (objects) => answered(bucket.delete([...objects])),
});

/** The part of ASSETS that serves media. */
interface Assets {
  fetch(request: Request): Promise<Response>;
}

/** Uploaded files from a bucket, and the others from what was deployed with the worker. */
export const assetsBefore = (bucket: MediaBucket, deployed: Assets): Assets => ({
  async fetch(request) {
    const { pathname } = new URL(request.url);
    if (!pathname.startsWith(`/${UPLOADED}`)) return deployed.fetch(request);
    const object = await bucket.get(pathname.slice(1));
    if (object === null) return new Response(null, { status: 404 });
    return new Response(object.body, { headers: { etag: object.httpEtag, "content-length": String(object.size) } });
  },
});
