import { Unavailable, withTimeout } from "../../lib/with-timeout.ts";
import { UPLOADED_PREFIX } from "../../store/store.ts";

/**
 * The bucket that holds the bytes of uploaded files. Every method rejects with Unavailable if it fails or does not
 * answer in time.
 */
export interface MediaBucket {
  put(object: string, bytes: Uint8Array): Promise<void>;
  get(object: string): Promise<R2ObjectBody | null>;
  /** The bytes of an object as a whole; undefined if there is no such object. */
  read(object: string): Promise<Uint8Array | undefined>;
  /** Deletes objects, a thousand at most. */
  delete(objects: readonly string[]): Promise<void>;
}

const TIMEOUT_MS = 10_000;

const orUnavailable = async <Value>(work: Promise<Value>): Promise<Value> => {
  try {
    return await withTimeout(work, TIMEOUT_MS);
  } catch (error) {
    throw error instanceof Unavailable ? error : new Unavailable("the bucket failed", { cause: error });
  }
};

const readObject = async (bucket: Pick<R2Bucket, "get">, object: string): Promise<Uint8Array | undefined> => {
  const found = await bucket.get(object);
  return found === null ? undefined : new Uint8Array(await found.arrayBuffer());
};

/** Opens an R2 bucket for media files. */
export const openMediaBucket = (bucket: Pick<R2Bucket, "delete" | "get" | "put">): MediaBucket => ({
  async put(object, bytes) {
    await orUnavailable(bucket.put(object, bytes));
  },
  get: (object) => orUnavailable(bucket.get(object)),
  read: (object) => orUnavailable(readObject(bucket, object)),
  delete: (objects) => orUnavailable(bucket.delete([...objects])),
});

/** The part of the ASSETS binding that serves media. */
interface Assets {
  fetch(request: Request): Promise<Response>;
}

/** Assets that serve uploaded files from a bucket, and all others from `deployed`. */
export const withUploads = (bucket: MediaBucket, deployed: Assets): Assets => ({
  async fetch(request) {
    const { pathname } = new URL(request.url);
    if (!pathname.startsWith(`/${UPLOADED_PREFIX}`)) return deployed.fetch(request);
    const object = await bucket.get(pathname.slice(1));
    if (object === null) return new Response(null, { status: 404 });
    return new Response(object.body, { headers: { etag: object.httpEtag, "content-length": String(object.size) } });
  },
});
